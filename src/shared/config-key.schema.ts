import Joi from 'joi';

/** What a key's schema carries besides its shape: the environment's name for it, and whether it is a secret. */
export interface KeyMeta {
  readonly env?: string;
  readonly secret?: boolean;
}

/** A key with what it means. */
export const key = (schema: Joi.Schema, description: string, meta: KeyMeta = {}): Joi.Schema =>
  schema.description(description).meta(meta);

/** A whole number above 0. */
export const positive: Joi.NumberSchema = Joi.number().integer().positive();

/** In production these have no default: the service refuses to start without them. */
export const explicit = (schema: Joi.Schema, description: string, meta: KeyMeta): Joi.Schema =>
  key(
    Joi.when('/deployment.requireExplicit', {
      is: true,
      then: schema.required().invalid(null),
      otherwise: schema.required().allow(null),
    }),
    description,
    meta,
  );
