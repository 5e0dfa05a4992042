import Joi from 'joi';

/** The path of `GET /api/v1/survey-forms/:patientGroup`. An unknown group is a 404, not a wrong shape. */
export const surveyFormParams = Joi.object({ patientGroup: Joi.string().max(200).required() });
