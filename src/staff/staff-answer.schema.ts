import Joi from 'joi';
import { answer, anyText, day, listOf, oneOf, orNull } from '../http/answer.schema.ts';
import { staffPosts } from './staff-member.ts';

/** One member of staff, and whether the person works here today. */
export const staffMemberAnswer: Joi.ObjectSchema = answer({
  staffNumber: anyText,
  name: anyText,
  post: oneOf(staffPosts),
  departmentCode: anyText,
  nursingUnitCode: orNull(anyText),
  from: orNull(day),
  until: orNull(day),
  active: Joi.boolean(),
});

/** A page of the register; `next` is null on the last. */
export const staffAnswer: Joi.ObjectSchema = answer({
  items: listOf(staffMemberAnswer),
  next: orNull(anyText),
});
