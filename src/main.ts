import { systemClock } from './shared/clock.ts';
import { ConfigError, loadConfig } from './shared/config.ts';
import { createLogger } from './shared/logger.pino.ts';
import { projectRoot } from './shared/project-root.node.ts';
import { startService } from './start-service.ts';
import { welcome } from './welcome.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const root = projectRoot();
  const config = loadConfig(root);
  const log = createLogger(config.log.level);
  const service = await startService({ root, config, log, clock: systemClock, random: Math.random });
  let stopping: Promise<void> | null = null;
  const stop = (): void => {
    stopping ??= service.stop().then(() => process.exit(process.exitCode ?? 0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  try {
    const { composition, administrator } = await service.ready;
    const departments = await composition.departments.listDepartments();
    say(
      welcome({
        baseUrl: service.baseUrl,
        evaluation: config.deployment.evaluation,
        administrator,
        departments,
      }),
    );
  } catch (error) {
    if (stopping === null) fail(error);
    stop();
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail(error instanceof ConfigError ? error : new Error(`The service could not start: ${String(error)}`));
  process.exit(1);
});
