import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';

/* The way to run a script with the settings of the systemd unit. No systemd runs here: what it is asked for is looked at. */

const deploy = join(projectRoot(), 'scripts/deploy');
const unit = readFileSync(join(deploy, 'patient-satisfaction.service'), 'utf8');
let programs: string;

/** Puts programs of these names in front of the machine's own. */
function place(name: string, body: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

function runAsUnit(...args: readonly string[]): {
  readonly code: number | null;
  readonly asked: readonly string[];
  readonly errors: string;
} {
  const { status, stdout, stderr } = spawnSync('sh', [join(deploy, 'run-script.sh'), ...args], {
    env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` },
    encoding: 'utf8',
  });
  return { code: status, asked: stdout.split('\n').slice(0, -1), errors: stderr };
}

beforeEach(() => {
  programs = mkdtempSync(join(tmpdir(), 'programs-'));
  place('systemctl', `cat '${join(deploy, 'patient-satisfaction.service')}'`);
  place('systemd-run', `printf '%s\\n' "$@"`);
});

afterEach(() => rmSync(programs, { recursive: true, force: true }));

describe('a script run as the unit', () => {
  test('has every setting and secret of the unit, its user and its data folder', () => {
    const { code, asked } = runAsUnit('audit-verify');

    expect(code).toBe(0);
    const name = asked.find((word) => word.startsWith('--unit='))?.slice('--unit='.length) ?? '';
    const wanted = unit
      .split('\n')
      .filter((line) => /^(WorkingDirectory|Environment|EnvironmentFile|LoadCredential|State\w+)=/.test(line))
      .map((line) => line.replace('%d', `/run/credentials/${name}.service`).replace('%S', '/var/lib'));
    expect(wanted.length).toBeGreaterThan(15);
    for (const setting of [...wanted, 'DynamicUser=yes', 'UMask=0077', 'User=patient-satisfaction']) {
      expect(asked[asked.indexOf(setting) - 1]).toBe('-p');
    }
    expect(asked.join('\n')).not.toMatch(/%[a-zA-Z]/);
    // Its output, such as a one-time password, belongs to the terminal and not to the journal.
    expect(asked).toEqual(expect.arrayContaining(['--pipe', '--wait']));
  });

  test('gets its arguments as they were given', () => {
    const { asked } = runAsUnit('import-departments', 'a file.json', '*', '--dry-run');

    const words = ['dist/scripts/import-departments.js', 'a file.json', '*', '--dry-run'];
    expect(asked.slice(-4)).toEqual(words);
  });

  test('keeps the user of a hospital that gave the unit one', () => {
    place('systemctl', `printf 'DynamicUser=no\\nUser=satisfaction\\n'`);

    const { asked } = runAsUnit('audit-verify');

    expect(asked.filter((word) => word.startsWith('User='))).toEqual(['User=satisfaction']);
  });

  test('is refused in one sentence where the unit is not installed, or no script is named', () => {
    place('systemctl', 'exit 1');

    expect(runAsUnit('audit-verify')).toMatchObject({
      code: 1,
      asked: [],
      errors: expect.stringContaining('is not installed'),
    });
    expect(runAsUnit()).toMatchObject({
      code: 2,
      asked: [],
      errors: expect.stringContaining('Name the script'),
    });
  });
});
