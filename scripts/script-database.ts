import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { AppConfig } from '../src/shared/app-config.ts';
import { evaluationKeysFile } from '../src/shared/evaluation-secrets.node.ts';

type Deployment = Pick<AppConfig, 'data' | 'deployment' | 'mongo'>;

const modeOf = ({ evaluation, requireExplicit }: AppConfig['deployment']): string =>
  evaluation ? 'evaluation' : requireExplicit ? 'production' : 'test';

/** The hosts of a connection string: neither user nor password, nor any option; none where a password was written with a bare slash. */
function hostsOf(uri: string): string {
  const [authority = ''] = uri.replace(/^[^/]*\/\//u, '').split(/[/?]/u);
  const isWhole = authority.includes('@') || !uri.includes('@');
  return isWhole ? authority.slice(authority.lastIndexOf('@') + 1) : 'of MONGODB_URI';
}

/** On which database a script works, and in which mode: what it says before anything else, on stderr. */
export function databaseLine({ data, deployment, mongo }: Deployment, root: string): string {
  const place =
    mongo.uri === null
      ? `the embedded engine of ${resolve(root, data.folder)}`
      : `the server ${hostsOf(mongo.uri)}`;
  return `Database ${mongo.database} on ${place}, ${modeOf(deployment)}.`;
}

/**
 * Throws one sentence when working would begin an evaluation: a database in a folder that has none, or invented keys for a
 * server's data. Whoever forgot the settings of the service would else get an empty hospital that looks whole.
 */
export function refuseToBegin(config: AppConfig, root: string): void {
  const folder = resolve(root, config.data.folder);
  const { session, encryption, blindIndex, audit } = config.secrets;
  const allKeys = [session, encryption, blindIndex, audit].every((key) => key !== null);
  const stands =
    config.mongo.uri === null
      ? existsSync(join(folder, 'engine'))
      : allKeys || existsSync(evaluationKeysFile(folder));
  if (stands) return;
  throw new Error(
    `No evaluation stands in ${folder}, and a script begins none: give it the settings of the service (README, "Operating it"), or begin one with npm start.`,
  );
}
