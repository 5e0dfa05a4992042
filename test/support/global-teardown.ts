import { rmSync } from 'node:fs';
import { sharedEngine } from './shared-engine.ts';

/** Stops the engine of this run and removes its directory. */
export default async function globalTeardown(): Promise<void> {
  const { current } = sharedEngine;
  if (current === undefined) return;
  await current.engine.stop();
  rmSync(current.dataDir, { recursive: true, force: true });
}
