import Joi from 'joi';
import { operatingModes } from './operating-mode.ts';
import type { OperatingMode } from './operating-mode.ts';

const mode = Joi.string()
  .valid(...operatingModes)
  .required();

/** Body of `PUT /api/v1/operation`. */
export const operationBody = Joi.object<{ mode: OperatingMode }>({ mode });

/** The page's form: the mode, and the box that says its meaning was read. */
export interface OperationForm {
  readonly _csrf?: string;
  readonly mode: OperatingMode;
  readonly understood?: string;
}

/** Fields of the posted page. */
export const operationForm = Joi.object<OperationForm>({
  _csrf: Joi.string().max(200),
  mode,
  understood: Joi.string().allow('').max(8),
});
