import Joi from 'joi';
import { key, positive } from './config-key.schema.ts';

/** What is told to patients, and for how long what identifies them is kept. */
export const privacy: Joi.ObjectSchema = Joi.object({
  noticesFolder: key(
    Joi.string().required(),
    'Folder of the privacy notices, a file for each version; a published version never changes.',
    { env: 'PRIVACY_NOTICES_FOLDER' },
  ),
  deidentificationFile: key(
    Joi.string().required(),
    'Words and names by which patients’ words are de-identified before the office releases them to a department.',
  ),
  commentMinimum: key(
    positive.min(5).max(1000).required(),
    'Answers of a patient group in a month from which on its released words are shown to the department; at least 5.',
  ),
  retention: Joi.object({
    dischargeIdentity: key(
      positive.max(730).required(),
      'Days after the discharge at which name, phones and numbers of a patient are erased; the discharge itself stays counted.',
    ),
    admissionKeys: key(
      positive.max(730).required(),
      'Days after the discharge at which the look-up value of the admission is erased: until then a row sent again is known.',
    ),
    callNotes: key(
      positive.max(730).required(),
      'Days after the discharge at which notes of calls and follow-ups are erased.',
    ),
    contacts: key(
      positive.max(730).required(),
      'Days after which the contact a patient left with an answer is erased.',
    ),
    unmappedNames: key(
      positive.max(730).required(),
      'Days after which a department’s name from a file is removed that nobody has mapped: in a wrong column it may be a patient’s.',
    ),
    answerWords: key(
      positive.max(3650).required(),
      'Days after an answer was received at which everything written in it is erased, and what was released of it; what was chosen stays counted.',
    ),
    sourceSecrets: key(
      positive.max(730).required(),
      'Days after the end of a month at which the secret is destroyed that tells which call or link an answer came by.',
    ),
    erasedAdmissions: key(
      positive.max(3650).required(),
      'Days for which an admission that was erased on request is refused when it is sent again, and it or an erased contact is erased again when a backup brings it back.',
    ),
    backups: key(
      positive.max(3650).required(),
      'Days after which the hospital deletes its backups: told on receipts of erasures; deleting is the operator’s.',
    ),
  }),
  purgeSchedule: key(Joi.string().required(), 'Cron of erasing what is due, hospital time.'),
});
