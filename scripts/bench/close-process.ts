import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import type { ReportingPeriod } from '../../src/shared/reporting-period.ts';

/** What the closing process is asked: count a month without storing anything, close it, or write the mails of a closed one. */
export interface ClosingQuestion {
  readonly work: 'count' | 'close' | 'mails';
  readonly period: ReportingPeriod;
}

/** How long it took, how many scorecards came of it, and the most memory the process has ever had (MB). */
export interface ClosingAnswer {
  readonly ms: number;
  readonly cards: number;
  readonly peakMb: number;
}

/** The closing process. */
export interface ClosingProcess {
  readonly ask: (question: ClosingQuestion) => Promise<ClosingAnswer>;
  readonly stop: () => Promise<void>;
}

/**
 * Starts the composed service in a process of its own. To be started before this process grows: Linux counts the size of the
 * parent at that moment into the child's peak memory.
 */
export async function startClosingProcess(
  environment: Readonly<Record<string, string>>,
): Promise<ClosingProcess> {
  const child = fork(join(projectRoot(), 'dist/scripts/bench/close-child.js'), [], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  const gone = once(child, 'exit').then(() => {
    throw new Error('The closing process ended before it answered.');
  });
  gone.catch(() => undefined);
  const message = async (): Promise<unknown> => {
    const [said] = (await Promise.race([once(child, 'message'), gone])) as readonly unknown[];
    return said;
  };
  await message();
  return {
    ask: (question) => {
      const answer = message() as Promise<ClosingAnswer>;
      child.send(question);
      return answer;
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      await gone.catch(() => undefined);
    },
  };
}
