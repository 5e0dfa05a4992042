import type { TrailVerification } from '../src/audit/verify-audit-trail.ts';
import { isCalendarDate } from '../src/shared/reporting-period.ts';
import { runScript } from './run-script.ts';

const usage = 'npm run audit:verify [-- --from 2026-10-01] [--until 2026-10-31]';

/** The day behind a flag; undefined when the flag is not given. */
function dayOf(args: readonly string[], flag: string): string | undefined {
  const index = args.indexOf(flag);
  if (index === -1) return undefined;
  const day = args[index + 1] ?? '';
  if (!isCalendarDate(day)) throw new Error(`${flag} needs a day: ${usage}`);
  return day;
}

function print({ events, chains, beforeChain, lastSealed, restoredAt, problems }: TrailVerification): void {
  console.log(`${events} events in ${chains} chains, last sealed day ${lastSealed ?? 'none'}.`);
  if (beforeChain > 0) console.log(`${beforeChain} events from before chains are not verified.`);
  if (restoredAt) console.log(`Restored from a backup at ${restoredAt.toISOString()}.`);
  for (const { kind, place, count } of problems) console.log(`${kind}\t${place}\t${count}`);
}

// npm run audit:verify: reads the whole audit trail; exit code 1 when somebody without the key has changed it.
await runScript(async ({ audit }) => {
  const args = process.argv.slice(2);
  const [from, until] = [dayOf(args, '--from'), dayOf(args, '--until')];
  const found = await audit.verify({ ...(from && { from }), ...(until && { until }) });
  print(found);
  const { problemCount, problems } = found;
  if (problemCount === 0) console.log('Nothing was altered, removed or inserted.');
  else console.log(`${problemCount} problem(s): the first is ${problems[0]?.kind} at ${problems[0]?.place}.`);
  if (problemCount > 0) process.exitCode = 1;
});
