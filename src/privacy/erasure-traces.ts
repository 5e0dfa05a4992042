import { addDays } from '../shared/reporting-period.ts';
import type { CalendarDate } from '../shared/reporting-period.ts';
import type {
  AnswerLinks,
  ErasedCounts,
  ErasureTargets,
  PersonsInAnswers,
  PersonsInCalls,
  PersonsInContacts,
} from './erasure.ts';

/** Where persons leave traces. */
export interface TracesDeps {
  readonly calls: PersonsInCalls;
  readonly contacts: PersonsInContacts;
  readonly answers: PersonsInAnswers;
  /** Erases what was released of words that are not there any more. */
  readonly purgeComments: () => Promise<unknown>;
}

/** What is to be erased: by ids, and names and numbers as they were typed. */
export interface ErasureWork extends ErasureTargets {
  readonly words: readonly string[];
}

/** Words of a patient may stand in an answer given before the discharge: on the ward, by QR code. */
const daysBefore = 60;

interface Traces {
  readonly links: AnswerLinks;
  /** What is blotted out of texts since a day, or of all of them. */
  readonly words: readonly string[];
  readonly since: CalendarDate | null;
}

async function tracesOf({ calls, contacts }: TracesDeps, work: ErasureWork): Promise<Traces> {
  const { dischargeIds, contactIds, submissionIds, words: typed } = work;
  const { words } = await calls.wordsOf(dischargeIds);
  const { earliest } = await calls.countsOf(dischargeIds);
  return {
    links: {
      sourceKeys: await calls.sourceKeysOf(dischargeIds),
      submissionIds: [...(await contacts.submissionIdsOf(contactIds)), ...submissionIds],
    },
    words: [...new Set([...words, ...typed])],
    since: typed.length > 0 || earliest === null ? null : addDays(earliest, -daysBefore),
  };
}

/** How much of each will be erased. Answers that came by a call or with a contact are not told. */
export async function countTraces(deps: TracesDeps, work: ErasureWork): Promise<ErasedCounts> {
  const { earliest: _earliest, ...held } = await deps.calls.countsOf(work.dischargeIds);
  const { words, since } = await tracesOf(deps, work);
  return {
    ...held,
    contacts: work.contactIds.length,
    namedAnswers: (await deps.answers.findWritten(work.submissionIds)).length,
    texts: await deps.answers.countNaming(words, since),
  };
}

/** Every step is safe to repeat, and the one that takes away what the others need comes last. */
export async function eraseTraces(deps: TracesDeps, work: ErasureWork): Promise<void> {
  const { links, words, since } = await tracesOf(deps, work);
  await deps.answers.takeWords(links);
  await deps.answers.blotOut(words, since);
  await deps.purgeComments();
  await deps.contacts.erase(work.contactIds);
  await deps.calls.erase(work.dischargeIds);
}
