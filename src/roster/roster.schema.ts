import Joi from 'joi';

/** Whether to say only what would become of each row. */
export interface RosterQuery {
  readonly dryRun: boolean;
}
/** `?dryRun=`: it must be said, so that nobody imports by forgetting it. */
export const rosterQuery = Joi.object<RosterQuery>({ dryRun: Joi.boolean().required() });
