import type { Route } from '../http/route.ts';
import { createEnterPaperSheet } from './enter-paper-sheet.ts';
import type { EnterPaperSheetDeps } from './enter-paper-sheet.ts';
import { createPaperEntryPages } from './paper-entry.pages.ts';
import type { PaperEntryPagesDeps } from './paper-entry.pages.ts';

/** What the slice is handed. */
export type PaperEntryDeps = Omit<PaperEntryPagesDeps, 'enterPaperSheet'> & Omit<EnterPaperSheetDeps, 'say'>;

/** Keying in of paper forms. */
export function wirePaperEntry(deps: PaperEntryDeps): { readonly pages: readonly Route[] } {
  const enterPaperSheet = createEnterPaperSheet({
    ...deps,
    say: (key, locale) => deps.translate(locale, `paper-entry:${key}`),
  });
  return { pages: createPaperEntryPages({ ...deps, enterPaperSheet }) };
}
