import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Description, ValidationErrorItem } from 'joi';
import { validate as isCron } from 'node-cron';
import { configSchema } from './config.schema.ts';
import type { KeyMeta } from './config.schema.ts';
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
  return JSON.parse(readFileSync(file, 'utf8')) as Tree;
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
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  problems.push(`${name}_FILE names a file that does not exist.`);
  return undefined;
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

/**
 * The configuration of this process: environment over `config/<NODE_ENV>.json` (development when unset) over
 * `config/default.json`; a secret may also come as `<NAME>_FILE`. Throws a `ConfigError` that lists every problem at once.
 */
export function loadConfig(root: string, env: Environment = process.env): AppConfig {
  const problems: string[] = [];
  const environment =
    env['NODE_ENV'] === undefined || env['NODE_ENV'] === '' ? 'development' : env['NODE_ENV'];
  const differences = join(root, 'config', `${environment}.json`);
  if (!/^[a-z]+$/.test(environment) || !existsSync(differences)) {
    throw new ConfigError([`NODE_ENV names no configuration: use development, test or production.`]);
  }
  const files = merge(readJson(join(root, 'config', 'default.json')), readJson(differences));
  const merged = merge(files, fromEnvironment(env, problems));
  const result = configSchema.validate(merged, { abortEarly: false, errors: { wrap: { label: false } } });
  problems.push(...schemaProblems(result.error?.details ?? []));
  const config = result.value as AppConfig;
  if (!isCron(config.scorecards.reconcileSchedule)) {
    problems.push('scorecards.reconcileSchedule: must be a cron expression such as 0 * * * *.');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(config);
}
