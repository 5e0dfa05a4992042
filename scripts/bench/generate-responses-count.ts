const fewest = 1_000;
const most = 1_000_000;

/** How many responses a benchmark is asked for: 100,000 when nothing is said. Throws an Error of one sentence. */
export function responseCount(argument: string | undefined): number {
  const count = Number(argument ?? 100_000);
  if (!Number.isInteger(count) || count < fewest || count > most)
    throw new Error(`The number of responses is a whole number from ${fewest} to ${most}.`);
  return count;
}
