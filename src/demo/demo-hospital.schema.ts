import Joi from 'joi';
import { dispositionCodes } from '../follow-up-calls/disposition.ts';
import { staffPosts } from '../staff/staff-member.ts';
import { surveyModes } from '../survey-responses/survey-response.ts';
import type { DemoHospital } from './demo-hospital.ts';

const share = Joi.number().min(0).max(1);
const count = Joi.number().integer().min(0).max(5000);
const words = Joi.array().items(Joi.string()).min(1);
const byCode = (shape: Joi.Schema): Joi.Schema => Joi.object().pattern(/^[a-z0-9-]+$/, shape);
const ofCodes = (codes: readonly string[], shape: Joi.Schema): Joi.Schema =>
  Joi.object(Object.fromEntries(codes.map((code) => [code, shape.optional()])));

const schema = Joi.object<DemoHospital>({
  departmentsFile: Joi.string(),
  departments: Joi.array().items(Joi.object().unknown(true)),
  activity: Joi.array()
    .items(
      Joi.object({
        code: Joi.string(),
        level: Joi.number().min(-1).max(1),
        family: share,
        answers: byCode(ofCodes(surveyModes, count)),
        discharges: count,
        staff: ofCodes(staffPosts, count),
      }),
    )
    .unique('code'),
  usual: Joi.object({
    satisfied: share,
    topShare: share,
    notApplicable: share,
    skipped: share,
    partial: share,
    comment: share,
    praise: share,
    praiseNames: share,
  }),
  items: byCode(
    Joi.object({
      satisfied: share.optional(),
      notApplicable: share.optional(),
      weights: byCode(share).optional(),
    }),
  ),
  stories: Joi.array().items(
    Joi.object({
      departmentCode: Joi.string(),
      items: byCode(Joi.object({ before: share.allow(null), after: share })),
    }),
  ),
  words: Joi.object({ good: words, bad: words, praise: words }),
  calls: Joi.object({
    dispositions: ofCodes(dispositionCodes, share),
    unreachable: share,
    unreachableDispositions: ofCodes(dispositionCodes, share),
    notes: words,
    redFlagNotes: words,
  }),
  people: Joi.object({ surnames: words, givenNames: words }),
})
  .required()
  .prefs({ presence: 'required', convert: false });

/** The hospital a file describes. Throws an Error that names the field when it is not one. */
export function checkDemoHospital(value: unknown): DemoHospital {
  const result = schema.validate(value);
  if (result.error) throw new Error(`The demonstration hospital has a fault: ${result.error.message}`);
  return result.value;
}
