import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Description, ValidationErrorItem } from 'joi';
import { validate as isCron } from 'node-cron';
import { configSchema } from './config.schema.ts';
import type { KeyMeta } from './config-key.schema.ts';
import type { AppConfig } from './app-config.ts';

/** Everything that is wrong with the configuration, each line with its key and its environment name, never a value. */
export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The configuration has ${problems.length} problem(s):\n${problems.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** One key, for the map from the environment and for config/README.md. */
export interface ConfigKey {
  readonly path: string;
  readonly description: string;
  readonly env: string | null;
  readonly secret: boolean;
}

type Tree = Record<string, unknown>;
type Environment = Readonly<Record<string, string | undefined>>;

/** Every key the schema describes, in its order. */
export function configKeys(): readonly ConfigKey[] {
  return keysUnder(configSchema.describe(), '');
}

function keysUnder(description: Description, path: string): readonly ConfigKey[] {
  const { flags } = description as { flags?: { description?: string } };
  if (path !== '' && flags?.description !== undefined) {
    const meta = (description['metas'] as readonly KeyMeta[] | undefined)?.[0] ?? {};
    return [{ path, description: flags.description, env: meta.env ?? null, secret: meta.secret ?? false }];
  }
  const keys = (description['keys'] ?? {}) as Readonly<Record<string, Description>>;
  return Object.entries(keys).flatMap(([name, child]) =>
    keysUnder(child, path === '' ? name : `${path}.${name}`),
  );
}

/** What `config/default.json` says, unchecked. */
export function defaultConfig(root: string): unknown {
  return readJson(join(root, 'config', 'default.json'));
}

function readJson(file: string): Tree {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Tree;
  } catch {
    // The parser's own message quotes the file.
    throw new ConfigError([`config/${basename(file)} is missing or is not JSON.`]);
  }
}

function merge(base: Tree, differences: Tree): Tree {
  const merged: Tree = { ...base };
  for (const [name, value] of Object.entries(differences)) {
    const before = merged[name];
    merged[name] = isTree(before) && isTree(value) ? merge(before, value) : value;
  }
  return merged;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fromEnvironment(env: Environment, problems: string[]): Tree {
  let tree: Tree = {};
  for (const { path, env: name } of configKeys()) {
    if (name === null) continue;
    const value = environmentValue(env, name, problems);
    if (value === undefined) continue;
    const nested = path.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
    tree = merge(tree, nested as Tree);
  }
  return tree;
}

function environmentValue(env: Environment, name: string, problems: string[]): string | undefined {
  const direct = env[name];
  const file = env[`${name}_FILE`];
  if (direct !== undefined && direct !== '') return direct;
  if (file === undefined || file === '') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    problems.push(`${name}_FILE names a file that cannot be read.`);
    return undefined;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}

/** One line for each key: its first fault, with the key and its environment name, without the value. */
function schemaProblems(details: readonly ValidationErrorItem[]): readonly string[] {
  const names = new Map(configKeys().map(({ path, env }) => [path, env]));
  const lines = new Map<string, string>();
  for (const { path, message, type } of details) {
    const label = path.join('.');
    if (lines.has(label)) continue;
    const name = names.get(label);
    const fault =
      type === 'any.invalid' || type === 'any.required' ? 'is missing' : message.replace(label, '').trim();
    lines.set(label, `${name ? `${name} (${label})` : label}: ${fault}.`);
  }
  return [...lines.values()];
}

/** Every key named `…Schedule` is a cron expression; a value that is no text is the schema's to report. */
function scheduleProblems(tree: Tree): readonly string[] {
  return configKeys()
    .filter(({ path }) => path.endsWith('Schedule'))
    .filter(({ path }) => {
      const value = path.split('.').reduce<unknown>((part, name) => (isTree(part) ? part[name] : null), tree);
      return typeof value === 'string' && !isCron(value);
    })
    .map(({ path }) => `${path}: must be a cron expression such as 0 * * * *.`);
}

/** A discharge older than this is refused; `call-rules.ts` has the rule. */
const oldestSentAgainDays = 120;

/** What no single key can say: asked only when each key is right by itself. */
function relationProblems({
  mail,
  followUp,
  accounts,
  apiKeys,
  demo,
  deployment,
  http,
  privacy,
}: AppConfig): readonly string[] {
  const staffKeys = [http.staffHost, http.staffBaseUrl, http.staffTrustProxy];
  const rules: readonly (readonly [holds: boolean, problem: string])[] = [
    [
      http.staffPort !== null || staffKeys.every((value) => value === null),
      'STAFF_PORT (http.staffPort): is missing, though another setting of the staff’s port is given.',
    ],
    [
      http.staffPort === null || http.staffBaseUrl !== null || !deployment.requireExplicit,
      'STAFF_BASE_URL (http.staffBaseUrl): is missing, though the staff have a port of their own.',
    ],
    [
      http.staffPort === null || http.staffTrustProxy !== null || !deployment.requireExplicit,
      'STAFF_TRUST_PROXY (http.staffTrustProxy): is missing, though the staff have a port of their own; 0 when no proxy stands before it.',
    ],
    [
      !demo.enabled || deployment.evaluation,
      'DEMO (demo.enabled): the demonstration hospital is for the evaluation only; leave it out or set it to false.',
    ],
    [
      !demo.enabled || mail.smtpUrl === null,
      'DEMO (demo.enabled): mails of the demonstration are only caught, never sent; set DEMO=false to use SMTP_URL.',
    ],
    [
      mail.sendTimeoutMs < mail.leaseMinutes * 60_000,
      'mail.sendTimeoutMs: must be shorter than mail.leaseMinutes.',
    ],
    [
      followUp.lastDay < privacy.retention.dischargeIdentity &&
        privacy.retention.dischargeIdentity <= privacy.retention.admissionKeys,
      'privacy.retention.dischargeIdentity: must be longer than followUp.lastDay, and not longer than privacy.retention.admissionKeys.',
    ],
    [
      privacy.retention.admissionKeys > oldestSentAgainDays,
      'privacy.retention.admissionKeys: must be longer than the 120 days within which a discharge may be sent again.',
    ],
    [followUp.firstDay <= followUp.lastDay, 'followUp.firstDay: must not be after followUp.lastDay.'],
    [
      accounts.idleMinutes <= accounts.absoluteHours * 60,
      'accounts.idleMinutes: must not exceed accounts.absoluteHours.',
    ],
    [apiKeys.defaultDays <= apiKeys.maxDays, 'apiKeys.defaultDays: must not exceed apiKeys.maxDays.'],
  ];
  return rules.filter(([holds]) => !holds).map(([, problem]) => problem);
}

function filesFor(root: string, environment: string): Tree {
  const differences = join(root, 'config', `${environment}.json`);
  if (!/^(?!default$)[a-z]+$/.test(environment) || !existsSync(differences)) {
    throw new ConfigError(['NODE_ENV names no configuration: use development, test or production.']);
  }
  return merge(readJson(join(root, 'config', 'default.json')), readJson(differences));
}

/**
 * The configuration of this process: environment over `config/<NODE_ENV>.json` (development when unset) over
 * `config/default.json`; a secret may also come as `<NAME>_FILE`. Throws a `ConfigError` that lists every problem at once.
 */
export function loadConfig(root: string, env: Environment = process.env): AppConfig {
  const problems: string[] = [];
  const merged = merge(filesFor(root, env['NODE_ENV'] || 'development'), fromEnvironment(env, problems));
  const result = configSchema.validate(merged, {
    abortEarly: false,
    errors: { wrap: { label: false } },
    messages: { 'string.pattern.base': '{{#label}} is not written as it must be' }, // joi's own repeats the value
  });
  problems.push(...schemaProblems(result.error?.details ?? []), ...scheduleProblems(merged));
  const config = result.value as AppConfig;
  if (!result.error) problems.push(...relationProblems(config));
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(config);
}
