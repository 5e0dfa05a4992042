import type { CalendarDate } from '../shared/reporting-period.ts';

/** What a person can say of himself, and an answer that is known: any of them. Numbers as they are dialled. */
export interface PersonSearch {
  readonly admissionNo?: string | undefined;
  readonly patientNo?: string | undefined;
  readonly phone?: string | undefined;
  readonly submissionId?: string | undefined;
  /** Names, WeChat and other numbers, as they may stand in texts. */
  readonly words?: readonly string[] | undefined;
}

/** Who asked for an erasure: the patient, a relative, a representative by law. */
export const askers = ['patient', 'relative', 'representative'] as const;

/** Why: asked for, consent withdrawn, purpose over, wrongly kept. */
export const erasureReasons = ['request', 'withdrawal', 'purpose-over', 'unlawful'] as const;

/** A stay that is held of a person; no clear text but a masked name to tell a family apart, and nothing of whether there is an answer. */
export interface HeldDischarge {
  readonly id: string;
  readonly departmentCode: string;
  readonly dischargedOn: CalendarDate;
  readonly trial: boolean;
  /** 张○○. */
  readonly maskedName: string;
  readonly calls: number;
  readonly openCalls: number;
  readonly notes: number;
  readonly silence: 'deceased' | 'do-not-contact' | null;
}

/** A contact left with an answer that is held of a person. */
export interface HeldContact {
  readonly id: string;
  readonly receivedAt: Date;
}

/** An answer in which somebody wrote something. */
export interface HeldAnswer {
  readonly submissionId: string;
  readonly departmentCode: string;
  readonly receivedAt: Date;
}

/** What is held of a person. */
export interface HeldData {
  readonly discharges: readonly HeldDischarge[];
  readonly contacts: readonly HeldContact[];
  /** The answer that was named, when it has words. */
  readonly answers: readonly HeldAnswer[];
  /** Answers with any of the typed words in them. */
  readonly texts: number;
}

/** How much of each was erased. Answers by a call are not among it: a receipt never says whether somebody answered. */
export interface ErasedCounts {
  readonly discharges: number;
  readonly callsClosed: number;
  readonly notes: number;
  readonly contacts: number;
  /** Answers that were named by their id and lost their words. */
  readonly namedAnswers: number;
  /** Answers with the name or a number in their words, whosever they are. */
  readonly texts: number;
}

/** What is to be erased, by ids that lead to nobody once it is done. */
export interface ErasureTargets {
  readonly dischargeIds: readonly string[];
  readonly contactIds: readonly string[];
  /** Answers whose words are taken away. */
  readonly submissionIds: readonly string[];
}

/** An erasure on request, and its receipt. It holds nothing that identifies, once it is done. */
export interface Erasure extends ErasureTargets {
  /** Made by the client: the same id again is the same erasure. */
  readonly id: string;
  readonly requestedAt: Date;
  readonly requestedBy: string;
  readonly askedBy: (typeof askers)[number];
  readonly reason: (typeof erasureReasons)[number];
  readonly counts: ErasedCounts;
  /** Whether names or numbers were typed: after a restore they have to be typed again. */
  readonly byWords: boolean;
  /** They themselves, encrypted, until it is done; null from then on. */
  readonly sealedWords: string | null;
  /** Null while it goes on, or was broken off: the reconciler completes it. */
  readonly completedAt: Date | null;
}

/** Number on a receipt: day and the beginning of the id, such as `E20261125-7F3A9C12`. */
export function receiptNumber({ id, requestedAt }: Pick<Erasure, 'id' | 'requestedAt'>): string {
  return `E${requestedAt.toISOString().slice(0, 10).replaceAll('-', '')}-${id.slice(0, 8).toUpperCase()}`;
}

/** The discharges and calls of persons. */
export interface PersonsInCalls {
  readonly find: (search: PersonSearch) => Promise<readonly HeldDischarge[]>;
  /** Name and numbers of discharges in plain, to be blotted out of texts; the phones among them apart. */
  readonly wordsOf: (
    dischargeIds: readonly string[],
  ) => Promise<{ readonly words: readonly string[]; readonly phones: readonly string[] }>;
  /** What the answers by their calls are known by. */
  readonly sourceKeysOf: (dischargeIds: readonly string[]) => Promise<readonly string[]>;
  /** First day and sums of what is held. */
  readonly countsOf: (dischargeIds: readonly string[]) => Promise<{
    readonly discharges: number;
    readonly callsClosed: number;
    readonly notes: number;
    readonly earliest: CalendarDate | null;
  }>;
  /** Keeps what stops them from being registered again, closes their calls, then takes away all that identifies. Safe to repeat. */
  readonly erase: (dischargeIds: readonly string[]) => Promise<void>;
  /** Discharges that were erased before and identify somebody again, as after a restore. */
  readonly erasedAgain: () => Promise<readonly string[]>;
}

/** The contacts of persons. */
export interface PersonsInContacts {
  /** By phone, WeChat or whatever number they left. */
  readonly findByPhone: (phones: readonly string[]) => Promise<readonly HeldContact[]>;
  readonly submissionIdsOf: (contactIds: readonly string[]) => Promise<readonly string[]>;
  /** Keeps the mark by which one that comes back is known, then erases. Safe to repeat. */
  readonly erase: (contactIds: readonly string[]) => Promise<number>;
  /** Contacts that were erased before and are there again, as after a restore. */
  readonly erasedAgain: () => Promise<readonly string[]>;
}

/** What a person wrote. */
export interface PersonsInAnswers {
  /** Those of some answers in which somebody wrote something. */
  readonly findWritten: (submissionIds: readonly string[]) => Promise<readonly HeldAnswer[]>;
  /** Answers since a day, or all of them, with any of some words. */
  readonly countNaming: (words: readonly string[], since: CalendarDate | null) => Promise<number>;
  /** Takes every word, and what they are linked by, from answers; what was chosen stays. Safe to repeat. */
  readonly takeWords: (links: AnswerLinks) => Promise<number>;
  /** Blots words out of the texts of all answers since a day, or of all. Safe to repeat. */
  readonly blotOut: (words: readonly string[], since: CalendarDate | null) => Promise<number>;
}

/** By what answers are found. */
export interface AnswerLinks {
  readonly sourceKeys: readonly string[];
  readonly submissionIds: readonly string[];
}
