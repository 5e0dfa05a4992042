import type { Month } from './compose-month.ts';
import type { Read } from './compose-read.ts';
import type { ContactsSlice } from './contacts/contacts.wiring.ts';
import type { ImportsSlice } from './imports/imports.wiring.ts';
import type { Common, Parts } from './parts.ts';
import { wirePersons } from './privacy/persons.wiring.ts';
import type { PersonsSlice } from './privacy/persons.wiring.ts';
import { textIn } from './shared/localized-text.ts';

/** What is held of persons: its erasure on request, and its end in time. */
export function composePersons(
  { config }: Parts,
  common: Common,
  read: Read & {
    readonly contacts: ContactsSlice;
    readonly imports: ImportsSlice;
    readonly month: Pick<Month, 'comments'>;
  },
): PersonsSlice {
  const { calls, contacts, departments, imports, responses, month } = read;
  const { silencePersons, silenceGiven, personsInCalls, retained } = calls.persons;
  const { retention, purgeSchedule } = config.privacy;
  return wirePersons({
    ...common,
    calls: personsInCalls,
    contacts: contacts.persons,
    answers: responses.persons,
    purgeComments: month.comments.purge,
    silence: silencePersons.silence,
    liftSilence: silencePersons.lift,
    silenceGiven,
    departmentNames: async (locale) =>
      new Map(
        (await departments.listDepartments({ includeInactive: true })).map(({ code, name }) => [
          code,
          textIn(name, locale),
        ]),
      ),
    backupDays: retention.backups,
    retained: [...retained, ...contacts.retained, imports.retained, responses.retained],
    periodSecrets: common.keys.periodSecrets,
    sourceSecretDays: retention.sourceSecrets,
    schedule: purgeSchedule,
  });
}
