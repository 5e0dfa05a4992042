import type { Colleague } from '../staff/staff-member.ts';

/** Whom the keyed words mean: nobody, one colleague by staff number, or what keeps them from meaning one. */
export type PraisedColleague =
  | { readonly staffNumber: string | undefined; readonly fault?: never }
  | { readonly staffNumber?: never; readonly fault: 'colleagueUnknown' | 'colleagueShared' };

/** A colleague in the list beside the field: number first, for it is what tells two of one name apart. */
export const colleagueLine = (staffNumber: string, nameAndPost: string): string =>
  `${staffNumber} ${nameAndPost}`;

const plain = (text: string): string =>
  text.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLocaleLowerCase('en');

/** Without the post that the list shows after a name, in whatever language it was shown. */
const withoutPost = (text: string): string => text.replace(/ ?\([^()]*\)$/, '');

/**
 * The colleague that a clerk keyed in: by staff number, by a name that only one of them has, or by a line of the list. Full-width
 * characters and small letters count.
 */
export function praisedColleague(
  keyed: string | undefined,
  colleagues: readonly Pick<Colleague, 'staffNumber' | 'name'>[],
): PraisedColleague {
  const text = plain(keyed ?? '');
  if (text === '') return { staffNumber: undefined };
  const exact = colleagues.find(({ staffNumber }) => staffNumber === keyed?.trim());
  if (exact) return { staffNumber: exact.staffNumber };
  const meant = new Set([text, withoutPost(text)]);
  const [first, ...others] = colleagues.filter(({ staffNumber, name }) =>
    [staffNumber, name, colleagueLine(staffNumber, name)].some((words) => meant.has(plain(words))),
  );
  if (!first) return { fault: 'colleagueUnknown' };
  return others.length > 0 ? { fault: 'colleagueShared' } : { staffNumber: first.staffNumber };
}
