import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { sharedEngine } from './shared-engine.ts';

/** Starts one embedded engine for the whole run on an empty directory, unless the caller names a server in TEST_MONGODB_URI. */
export default async function globalSetup(): Promise<void> {
  if (process.env['TEST_MONGODB_URI'] !== undefined) return;
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'patient-sat-test-'));
  const engine = await startEmbeddedEngine({ dataDir });
  process.env['TEST_MONGODB_URI'] = engine.uri;
  sharedEngine.current = { engine, dataDir };
}
