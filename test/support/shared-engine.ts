import type { EmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';

/** The engine that the global set-up started and the global teardown stops: both run in the same process. */
export const sharedEngine: { current?: { readonly engine: EmbeddedEngine; readonly dataDir: string } } = {};
