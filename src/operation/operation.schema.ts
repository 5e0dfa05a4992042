import Joi from 'joi';
import { answer, anyText, listOf, moment, oneOf, orNull } from '../http/answer.schema.ts';
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

const modeWord = oneOf(operatingModes);

/** Answer of `GET` and `PUT /api/v1/operation`. */
export const operationAnswer: Joi.ObjectSchema = answer({
  mode: orNull(modeWord),
  since: orNull(moment),
  switches: listOf(answer({ mode: modeWord, at: moment, by: anyText })),
});
