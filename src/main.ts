import type { TellProgress } from './demo/build-demonstration.ts';
import { systemClock } from './shared/clock.ts';
import { loadConfig } from './shared/config.ts';
import { createLogger } from './shared/logger.pino.ts';
import { projectRoot } from './shared/project-root.node.ts';
import { startService } from './start-service.ts';
import type { Administrator, Service } from './start-service.ts';
import { administratorLine, progress, welcome } from './welcome.ts';

const stopLimitMs = 9_500;

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** Ends the process in order once; whoever sends the signal again must not cut what is being finished. */
function stopper(starting: Promise<Service>): {
  readonly stop: () => void;
  readonly stopping: () => boolean;
} {
  let begun = false;
  const end = async (): Promise<void> => {
    const service = await starting.catch(() => null);
    await service?.stop();
    process.exit();
  };
  const stop = (): void => {
    if (begun) return;
    begun = true;
    setTimeout(() => process.exit(1), stopLimitMs);
    end().catch((error: unknown) => {
      fail(error);
      process.exit();
    });
  };
  return { stop, stopping: () => begun };
}

const tell: TellProgress = (...step) => void process.stdout.write(progress(...step));
const tellFirst = (administrator: Administrator): void =>
  void process.stdout.write(administratorLine(administrator));

async function main(): Promise<void> {
  const root = projectRoot();
  const config = loadConfig(root);
  const log = createLogger(config.log.level);
  const spoken = { tell, tellFirst };
  const starting = startService({ root, config, log, ...spoken, clock: systemClock, random: Math.random });
  const { stop, stopping } = stopper(starting);
  process.on('SIGTERM', stop).on('SIGINT', stop);
  try {
    const { ready, baseUrl, staffBaseUrl } = await starting;
    const { composition, administrator, demonstration } = await ready;
    const departments = await composition.departments.listDepartments();
    const { evaluation } = config.deployment;
    process.stdout.write(
      `${welcome({ baseUrl, staffBaseUrl, evaluation, administrator, demonstration, departments })}\n`,
    );
  } catch (error) {
    if (!stopping()) fail(error);
    stop();
  }
}

main().catch((error: unknown) => {
  fail(error);
  process.exit();
});
