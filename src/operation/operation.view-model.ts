import { modeInForce } from './operating-mode.ts';
import type { ModeHistory, OperatingMode } from './operating-mode.ts';

/** What the page of the mode shows; words are keys of `operation:`. */
export interface OperationView {
  readonly mode: OperatingMode;
  /** The mode the button leads to. */
  readonly other: OperatingMode;
  readonly since: string;
  readonly switches: readonly { readonly mode: OperatingMode; readonly at: string; readonly by: string }[];
  /** Why the posted form was not taken: a key of `operation:`, or empty. */
  readonly errorKey: string;
}

/** The page of the mode; the newest switch first. */
export function operationView(
  history: ModeHistory,
  format: (moment: Date) => string,
  errorKey: string,
): OperationView {
  const mode = modeInForce(history) ?? 'trial';
  const last = history.at(-1);
  return {
    mode,
    other: mode === 'trial' ? 'live' : 'trial',
    since: last ? format(last.at) : '',
    switches: history.map((each) => ({ mode: each.mode, at: format(each.at), by: each.byName })).toReversed(),
    errorKey,
  };
}
