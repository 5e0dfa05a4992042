import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, configKeys, loadConfig } from '../../src/shared/config.ts';
import { projectRoot } from '../../src/shared/project-root.node.ts';

const root = projectRoot();
const key = Buffer.alloc(32, 7).toString('base64');
const production = {
  NODE_ENV: 'production',
  MONGODB_URI: 'mongodb://a.example:27017,b.example:27017/?replicaSet=rs0',
  SMTP_URL: 'smtp://user:password@mail.example:587',
  PUBLIC_BASE_URL: 'https://manyi.hospital.example/',
  TRUST_PROXY: '1',
  SESSION_SECRET: 's'.repeat(32),
  ENCRYPTION_KEY: key,
  BLIND_INDEX_KEY: key,
  AUDIT_KEY: key,
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of the shipped configuration whose test file holds these differences. */
function rootWith(differences: object | string): string {
  const copy = mkdtempSync(join(folder, 'root-'));
  mkdirSync(join(copy, 'config'));
  cpSync(join(root, 'config/default.json'), join(copy, 'config/default.json'));
  const text = typeof differences === 'string' ? differences : JSON.stringify(differences);
  writeFileSync(join(copy, 'config/test.json'), text);
  return copy;
}

function secretFile(content: string): string {
  const file = join(mkdtempSync(join(folder, 'secret-')), 'value');
  writeFileSync(file, content);
  return file;
}

function problemsOf(env: Record<string, string>, from = root): readonly string[] {
  try {
    loadConfig(from, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('where a value comes from', () => {
  test('the environment wins over the environment’s file, and that over the defaults', () => {
    const from = rootWith({ http: { port: 4000, host: '10.0.0.1' } });

    const config = loadConfig(from, { NODE_ENV: 'test', PORT: '5000' });

    expect(config.http).toMatchObject({ port: 5000, host: '10.0.0.1', requestTimeoutMs: 30_000 });
  });

  test('development is what runs when nothing is said', () => {
    expect(loadConfig(root, {}).deployment.evaluation).toBe(true);
    expect(loadConfig(root, { NODE_ENV: '' })).toEqual(loadConfig(root, { NODE_ENV: 'development' }));
  });

  test('an empty variable is one that is not set', () => {
    expect(loadConfig(root, { PORT: '', PORT_FILE: '', MAIL_FROM: '' })).toEqual(loadConfig(root, {}));
  });

  test('a file may hold any value; the line’s end is not part of it; the variable itself wins', () => {
    const file = secretFile(`${'f'.repeat(40)}\n`);
    const env = {
      SESSION_SECRET_FILE: file,
      PORT_FILE: secretFile('4711'),
      HOST: 'a',
      HOST_FILE: secretFile('b'),
    };

    const { secrets, http } = loadConfig(root, env);

    expect(secrets.session).toBe('f'.repeat(40));
    expect([http.port, http.host]).toEqual([4711, 'a']);
  });

  test('a file that is missing, a folder or empty is a problem', () => {
    expect(problemsOf({ SESSION_SECRET_FILE: join(folder, 'nothing') })).toEqual([
      'SESSION_SECRET_FILE names a file that cannot be read.',
    ]);
    expect(problemsOf({ SESSION_SECRET_FILE: folder })).toHaveLength(1);
    expect(problemsOf({ SESSION_SECRET_FILE: secretFile('\n') })).toMatchObject([/^SESSION_SECRET /]);
  });

  test.each(['staging', '../x', '../../etc/passwd', 'default', 'Production', 'test/', 'constructor'])(
    'an unknown NODE_ENV is refused, not guessed: %s',
    (name) => {
      expect(problemsOf({ NODE_ENV: name })).toEqual([
        'NODE_ENV names no configuration: use development, test or production.',
      ]);
    },
  );
});

describe('production', () => {
  test('a production service starts in trial operation, the evaluation is live', () => {
    expect(loadConfig(root, production).operation.startsIn).toBe('trial');
    expect(loadConfig(root, { NODE_ENV: 'development' }).operation.startsIn).toBe('live');
  });

  test('asks for exactly the keys that have no safe default', () => {
    const names = problemsOf({ NODE_ENV: 'production' }).map((line) => line.split(' ')[0]);

    expect(new Set(names)).toEqual(
      new Set([
        'MONGODB_URI',
        'SMTP_URL',
        'PUBLIC_BASE_URL',
        'TRUST_PROXY',
        'SESSION_SECRET',
        'ENCRYPTION_KEY',
        'BLIND_INDEX_KEY',
        'AUDIT_KEY',
      ]),
    );
    expect(problemsOf({ NODE_ENV: 'production' })).toContain('MONGODB_URI (mongo.uri): is missing.');
  });

  test('starts with them, on a replica set and behind a proxy', () => {
    const config = loadConfig(root, production);

    expect(config.mongo.uri).toBe(production.MONGODB_URI);
    expect(config.http).toMatchObject({ trustProxy: 1, publicBaseUrl: 'https://manyi.hospital.example' });
    expect(config.deployment).toEqual({ evaluation: false, requireExplicit: true });
  });

  test.each(['default', 'production', 'test', 'development'])('finds no secret in config/%s.json', (name) => {
    const file = JSON.parse(readFileSync(join(root, `config/${name}.json`), 'utf8')) as object;
    const valueAt = (path: string): unknown =>
      path.split('.').reduce<unknown>((part, step) => Reflect.get(Object(part) as object, step), file);

    const given = configKeys()
      .filter(({ secret }) => secret)
      .filter(({ path }) => (valueAt(path) ?? null) !== null);

    expect(given).toEqual([]);
  });
});

describe('a value that cannot be', () => {
  test.each([
    ['HOSPITAL_TIME_ZONE', 'Asia/Nowhere', 'hospital.timeZone'],
    ['PORT', '70000', 'http.port'],
    ['PORT', 'eighty', 'http.port'],
    ['TRUST_PROXY', 'true', 'http.trustProxy'],
    ['TRUST_PROXY', '-1', 'http.trustProxy'],
    ['PUBLIC_BASE_URL', 'manyi.hospital.test', 'http.publicBaseUrl'],
    ['PUBLIC_BASE_URL', 'https://manyi.hospital.example/below', 'http.publicBaseUrl'],
    ['PUBLIC_BASE_URL', 'https://user:pass@manyi.hospital.example', 'http.publicBaseUrl'],
    ['PUBLIC_BASE_URL', 'javascript:alert(1)', 'http.publicBaseUrl'],
    ['MONGODB_URI', 'postgres://a', 'mongo.uri'],
    ['MONGODB_DATABASE', '../SECRET-name', 'mongo.database'],
    ['SESSION_SECRET', 'SECRET-short', 'secrets.session'],
    ['ENCRYPTION_KEY', Buffer.alloc(31).toString('base64'), 'secrets.encryption'],
    ['ENCRYPTION_KEY', `${Buffer.alloc(32).toString('base64')} SECRET`, 'secrets.encryption'],
    ['ENCRYPTION_KEY', `${Buffer.alloc(32).toString('base64')},`.repeat(2), 'secrets.encryption'],
    ['BLIND_INDEX_KEY', '*'.repeat(44), 'secrets.blindIndex'],
    ['ADMIN_PASSWORD', 'SECRET', 'secrets.adminPassword'],
    ['SMTP_URL', 'https://user:SECRET@mail.example', 'mail.smtpUrl'],
    ['MAIL_REPLY_TO', 'SECRET at home', 'mail.replyTo'],
    ['LOG_LEVEL', 'loud', 'log.level'],
  ])('is named by its variable and its key, never shown: %s', (name, value, path) => {
    const problems = problemsOf({ [name]: value });

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} \\(${path}\\): .+\\.$`));
    expect(problems[0]).not.toContain(value);
  });

  test('is told together with all others', () => {
    const from = rootWith({
      scorecards: { reconcileSchedule: 'every hour', closeAt: 'SECRET-time' },
      mail: { sendTimeoutMs: 'SECRET' },
      http: { unknownKey: 'SECRET' },
      more: 'SECRET',
    });
    const problems = problemsOf(
      { NODE_ENV: 'test', PORT: 'SECRET', SESSION_SECRET: 'SECRET', ENCRYPTION_KEY_FILE: '/SECRET' },
      from,
    );

    expect(new Set(problems.map((line) => line.split(/[ :]/)[0]))).toEqual(
      new Set([
        'ENCRYPTION_KEY_FILE',
        'PORT',
        'SESSION_SECRET',
        'http.unknownKey',
        'mail.sendTimeoutMs',
        'more',
        'scorecards.closeAt',
        'scorecards.reconcileSchedule',
      ]),
    );
    expect(problems.join(' ')).not.toMatch(/SECRET(?!_SECRET|\b \()/);
  });

  test.each([
    [
      'a send that may outlast its lease',
      { mail: { sendTimeoutMs: 600_000, leaseMinutes: 10 } },
      'mail.sendTimeoutMs',
    ],
    ['a first day after the last', { followUp: { firstDay: 31 } }, 'followUp.firstDay'],
    ['a rest longer than the session', { accounts: { idleMinutes: 721 } }, 'accounts.idleMinutes'],
    ['a section that is no section', { scorecards: 5 }, 'scorecards'],
  ])('is found between keys, too: %s', (_what, differences, path) => {
    const problems = problemsOf({ NODE_ENV: 'test' }, rootWith(differences));

    expect(problems.map((line) => line.split(':')[0])).toEqual([path]);
  });

  test('a file that is not JSON is named without a word of it', () => {
    expect(problemsOf({ NODE_ENV: 'test' }, rootWith('{"secret": "SECRET"'))).toEqual([
      'config/test.json is missing or is not JSON.',
    ]);
  });
});

test.each(['https://a.example', 'https://a.example/', 'https://A.example//'])(
  'the public address has no slash at its end: %s',
  (url) => {
    expect(loadConfig(root, { PUBLIC_BASE_URL: url }).http.publicBaseUrl).toBe('https://a.example');
  },
);

function parts(value: unknown): readonly object[] {
  return typeof value === 'object' && value !== null ? [value, ...Object.values(value).flatMap(parts)] : [];
}

test('nobody can change the configuration', () => {
  const config = loadConfig(root, {});
  expect(parts(config).length).toBeGreaterThan(10);
  expect(parts(config).every((part) => Object.isFrozen(part))).toBe(true);
});
