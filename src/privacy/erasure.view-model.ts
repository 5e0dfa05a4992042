import { receiptNumber } from './erasure.ts';
import type { Erasure, HeldContact, HeldData, HeldDischarge } from './erasure.ts';

/** What was found, as the page shows it. */
export interface HeldView {
  readonly none: boolean;
  readonly discharges: readonly (HeldDischarge & { readonly department: string; readonly chosen: boolean })[];
  readonly contacts: readonly (Pick<HeldContact, 'id'> & {
    readonly received: string;
    readonly chosen: boolean;
  })[];
}

/** The view of what was found; `chosen` is what was ticked before, when the form comes back. */
export function heldView(
  { discharges, contacts }: HeldData,
  words: {
    readonly names: ReadonlyMap<string, string>;
    readonly formatTime: (moment: Date) => string;
    readonly chosen?:
      { readonly dischargeIds: readonly string[]; readonly contactIds: readonly string[] } | undefined;
  },
): HeldView {
  const { names, formatTime, chosen } = words;
  return {
    none: discharges.length + contacts.length === 0,
    discharges: discharges.map((held) => {
      const department = names.get(held.departmentCode) ?? held.departmentCode;
      return Object.assign({}, held, { department, chosen: chosen?.dischargeIds.includes(held.id) ?? false });
    }),
    contacts: contacts.map(({ id, receivedAt }) => {
      return { id, received: formatTime(receivedAt), chosen: chosen?.contactIds.includes(id) ?? false };
    }),
  };
}

/** A receipt as the page shows it. */
export interface ReceiptView extends Pick<Erasure, 'id' | 'askedBy' | 'reason' | 'requestedBy' | 'counts'> {
  readonly number: string;
  readonly requested: string;
  /** Null while it goes on. */
  readonly completed: string | null;
}

/** The view of a receipt. */
export function receiptView(erasure: Erasure, formatTime: (moment: Date) => string): ReceiptView {
  const { id, askedBy, reason, requestedBy, counts, requestedAt, completedAt } = erasure;
  return {
    id,
    askedBy,
    reason,
    requestedBy,
    counts,
    number: receiptNumber(erasure),
    requested: formatTime(requestedAt),
    completed: completedAt && formatTime(completedAt),
  };
}
