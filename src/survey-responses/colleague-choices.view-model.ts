import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { Colleague } from '../staff/staff-member.ts';

/** One colleague in a list to pick from. */
export interface ColleagueOption {
  readonly value: string;
  /** Name and post: `王芳（护士）`. */
  readonly text: string;
  readonly selected: boolean;
}

/** Colleagues to pick from, in the order given, with the one that was picked before. */
export function colleagueChoices(
  colleagues: readonly Colleague[],
  picked: string,
  { locale, translate }: { readonly locale: Locale; readonly translate: Translate },
): readonly ColleagueOption[] {
  return colleagues.map(({ staffNumber, name, post }) => ({
    value: staffNumber,
    text: translate(locale, 'survey-responses:praise.colleague', {
      name,
      post: translate(locale, `survey-responses:post.${post}`),
    }),
    selected: staffNumber === picked,
  }));
}
