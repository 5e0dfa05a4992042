import Joi from 'joi';
import { answer, anyText, count, listOf, oneOf, orNull } from '../http/answer.schema.ts';
import { dimensions } from './survey-form.ts';

/** The path of `GET /api/v1/survey-forms/:patientGroup`. An unknown group is a 404, not a wrong shape. */
export const surveyFormParams = Joi.object({ patientGroup: Joi.string().max(200).required() });

/** Answer of `GET /api/v1/survey-forms/:patientGroup`. */
export const surveyFormAnswer: Joi.ObjectSchema = answer({
  id: anyText,
  version: count,
  patientGroup: anyText,
  title: anyText,
  introduction: anyText,
  items: listOf(
    answer({
      code: anyText,
      dimension: oneOf(dimensions),
      kind: anyText,
      required: Joi.boolean(),
      text: anyText,
      label: anyText,
      options: listOf(answer({ code: anyText, text: anyText, score: orNull(Joi.number()) })),
    }),
  ),
});
