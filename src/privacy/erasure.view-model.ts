import { receiptNumber } from './erasure.ts';
import type { Erasure, ErasureTargets, HeldContact, HeldData, HeldDischarge } from './erasure.ts';

/** What was found, as the page shows it. */
export interface HeldView {
  readonly none: boolean;
  readonly discharges: readonly (HeldDischarge & { readonly department: string; readonly chosen: boolean })[];
  readonly contacts: readonly (Pick<HeldContact, 'id'> & {
    readonly received: string;
    readonly chosen: boolean;
  })[];
  readonly answers: readonly {
    readonly submissionId: string;
    readonly department: string;
    readonly received: string;
    readonly chosen: boolean;
  }[];
  /** How many texts hold what was typed, and whether they are to be blotted. */
  readonly texts: number;
  readonly blot: boolean;
}

/** The view of what was found; `chosen` is what was ticked before, when the form comes back. */
export function heldView(
  { discharges, contacts, answers, texts }: HeldData,
  words: {
    readonly names: ReadonlyMap<string, string>;
    readonly formatTime: (moment: Date) => string;
    readonly chosen?: (ErasureTargets & { readonly blot: string }) | undefined;
  },
): HeldView {
  const { names, formatTime, chosen } = words;
  const nameOf = (code: string): string => names.get(code) ?? code;
  return {
    none: discharges.length + contacts.length + answers.length + texts === 0,
    texts,
    blot: chosen?.blot === 'yes',
    discharges: discharges.map((held) => {
      const department = nameOf(held.departmentCode);
      return Object.assign({}, held, { department, chosen: chosen?.dischargeIds.includes(held.id) ?? false });
    }),
    contacts: contacts.map(({ id, receivedAt }) => {
      return { id, received: formatTime(receivedAt), chosen: chosen?.contactIds.includes(id) ?? false };
    }),
    answers: answers.map(({ submissionId, departmentCode, receivedAt }) => {
      const isChosen = chosen?.submissionIds.includes(submissionId) ?? false;
      const [department, received] = [nameOf(departmentCode), formatTime(receivedAt)];
      return { submissionId, department, received, chosen: isChosen };
    }),
  };
}

/** A receipt as the page shows it. */
export interface ReceiptView extends Pick<
  Erasure,
  'id' | 'askedBy' | 'reason' | 'requestedBy' | 'counts' | 'byWords'
> {
  readonly number: string;
  readonly requested: string;
  /** Null while it goes on. */
  readonly completed: string | null;
}

/** The view of a receipt. */
export function receiptView(erasure: Erasure, formatTime: (moment: Date) => string): ReceiptView {
  const { id, askedBy, reason, requestedBy, counts, byWords, requestedAt, completedAt } = erasure;
  return {
    id,
    askedBy,
    reason,
    requestedBy,
    counts,
    byWords,
    number: receiptNumber(erasure),
    requested: formatTime(requestedAt),
    completed: completedAt && formatTime(completedAt),
  };
}
