import type { FieldError } from '../shared/domain-error.ts';
import { cleanText, hasIllegalCharacters, textLength } from '../survey-forms/answer-text.ts';

/** 联系方式 as a patient gives it with an answer: a phone or WeChat number, and perhaps a name. */
export interface GivenContact {
  readonly reachAt?: string | undefined;
  readonly name?: string | undefined;
}

/** What is kept, encrypted as a whole; the answer it came with is known only inside. */
export interface Contact {
  readonly submissionId: string;
  readonly reachAt: string;
  readonly name: string | null;
}

/** A contact as it is stored: `id` is a keyed fingerprint of its submission id. */
export interface StoredContact {
  readonly id: string;
  readonly sealed: string;
  readonly receivedAt: Date;
  /** From this moment on it is erased. */
  readonly eraseAt: Date;
  readonly handledAt: Date | null;
}

/** What a patient wrote in an answer, and where. */
export interface AnswerWords {
  readonly submissionId: string;
  readonly departmentCode: string;
  readonly comment: string | null;
  /** Given while the service was tried out. */
  readonly trial: boolean;
}

/** The words of some answers; answers that do not exist are left out. */
export type FindWords = (submissionIds: readonly string[]) => Promise<readonly AnswerWords[]>;

/** A fault of a contact, its words still to be looked up under `survey-responses:error`. */
export type ContactFault = Omit<FieldError, 'detail'>;

const longest = { reachAt: 64, name: 40 } as const;

/** Number and name cleaned; null when neither was given. */
export function cleanContact(given: GivenContact | undefined): Omit<Contact, 'submissionId'> | null {
  const reachAt = cleanText(given?.reachAt);
  const name = cleanText(given?.name);
  return reachAt === null && name === null ? null : { reachAt: reachAt ?? '', name };
}

function unreadable(text: string, most: number): boolean {
  return hasIllegalCharacters(text) || textLength(text) > most;
}

/** What is wrong with a contact: a name without a number, a number too short to be one, anything too long or unreadable. */
export function contactFaults(given: GivenContact | undefined): readonly ContactFault[] {
  const contact = cleanContact(given);
  if (!contact) return [];
  const { reachAt, name } = contact;
  const faults: ContactFault[] = [];
  if (textLength(reachAt) < 5 || unreadable(reachAt, longest.reachAt))
    faults.push({ pointer: '/contact/reachAt', code: 'contact_unusable' });
  if (unreadable(name ?? '', longest.name)) faults.push({ pointer: '/contact/name', code: 'contact_name' });
  return faults;
}

/** What a contact's ciphertext is bound to. */
export function contactPlace(id: string): string {
  return `contact/${id}`;
}

/** Between the parts of a contact's plain text: a character that none of them may hold. */
const separator = '\u0000';

/** A contact as the text that is encrypted. */
export function contactText({ submissionId, reachAt, name }: Contact): string {
  return [submissionId, reachAt, name ?? ''].join(separator);
}

/** The contact that a text stands for. */
export function readContactText(text: string): Contact {
  const [submissionId = '', reachAt = '', name = ''] = text.split(separator);
  return { submissionId, reachAt, name: name === '' ? null : name };
}
