import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const logger = pathToFileURL(join(projectRoot(), 'dist/src/shared/logger.pino.js')).href;

/** Logs what stays in the buffer, waits until it is told, and ends. */
const programOf = (lines: readonly object[]): string => `
  import { createLogger } from ${JSON.stringify(logger)};
  const log = createLogger('info');
  for (const fields of ${JSON.stringify(lines)}) log.info(fields, 'one line');
  process.stdin.once('data', () => process.exit(0));
  process.stdin.resume();
  process.stderr.write('ready');
`;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function start(lines: readonly object[] = [{}]): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', programOf(lines)], { stdio: 'pipe' });
  started.push(child);
  await once(child.stderr, 'data');
  return child;
}

/** How it ended: its exit code, or the signal of the limit. A process that hangs must not hang the test. */
async function endOf(child: ChildProcess): Promise<unknown> {
  const limit = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const [code, signal] = (await once(child, 'exit')) as readonly unknown[];
  clearTimeout(limit);
  return signal ?? code;
}

/** What a process that logs these lines has written when it ends. */
async function written(lines?: readonly object[]): Promise<string> {
  const child = await start(lines);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += String(chunk)));
  child.stdin?.write('end');
  const read = once(child, 'close');
  expect(await endOf(child)).toBe(0);
  await read;
  return output;
}

describe('a line of the log', () => {
  test('masks what a field of a person would hold, at the top and one below', async () => {
    const [own, nested, plain] = (
      await written([
        { phone: '13800000000', requestId: 'r-1' },
        { sent: { comment: 'SECRET words', kind: 'web' }, count: 2 },
        { requestId: 'r-2', status: 201 },
      ])
    )
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);

    expect(own).toMatchObject({ phone: '[redacted]', requestId: 'r-1' });
    expect(nested).toMatchObject({ sent: { comment: '[redacted]', kind: 'web' }, count: 2 });
    expect(plain).toMatchObject({ level: 30, requestId: 'r-2', status: 201, msg: 'one line' });
  });
});

describe('the log at the end of a process', () => {
  test('what is still buffered is written', async () => {
    expect(await written()).toContain('"msg":"one line"');
  });

  test('the process ends although nobody reads its output any more', async () => {
    const child = await start();
    child.stdout?.destroy();
    await once(child.stdout ?? child, 'close');
    child.stdin?.write('end');

    expect(await endOf(child)).toBe(0);
  });
});
