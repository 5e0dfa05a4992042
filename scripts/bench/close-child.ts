import { loadConfig } from '../../src/shared/config.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import { baseUrlsOf } from '../../src/listeners.ts';
import { composeWhenReachable, partsOf, prepareWhenReachable } from '../../src/start-service.ts';
import type { ClosingAnswer, ClosingQuestion } from './close-process.ts';

// The composed service without HTTP and jobs, in a process of its own: counts or closes a month when its parent asks.
const root = projectRoot();
const config = loadConfig(root);
const parts = partsOf(
  { root, config, clock: systemClock, random: Math.random, log: silentLogger },
  baseUrlsOf(config.http, config.http.port, config.http.staffPort),
);
const signal = new AbortController().signal;
const { composition, database } = await composeWhenReachable(parts, config.mongo.uri ?? '', signal);
await prepareWhenReachable(composition, config, signal);

const { closeMonth, renderScorecardMail } = composition.scorecards;

/** Each does its work and gives the number of its scorecards. */
const works: Readonly<
  Record<ClosingQuestion['work'], (period: ClosingQuestion['period']) => Promise<number>>
> = {
  count: async (period) =>
    (await closeMonth.dryRun(period)).filter(({ sections }) => sections.length > 0).length,
  close: async (period) => (await closeMonth.close(period, 'system')).departmentCodes.length,
  mails: async (period) => {
    const { departmentCodes, revision } = await closeMonth.close(period, 'system');
    for (const code of departmentCodes) await renderScorecardMail(period, code, revision, 'zh-Hans');
    return departmentCodes.length;
  },
};

async function answer({ work, period }: ClosingQuestion): Promise<ClosingAnswer> {
  const startedAt = performance.now();
  const cards = await works[work](period);
  const ms = performance.now() - startedAt;
  return { ms, cards, peakMb: process.resourceUsage().maxRSS / 1024 };
}

process.on('message', (question: ClosingQuestion) => {
  void answer(question).then((found) => process.send?.(found));
});
process.once('disconnect', () => {
  void composition.stop().then(() => database.close());
});
process.send?.('ready');
