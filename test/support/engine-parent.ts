import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';

// Run as a program of its own, with a data directory as its argument: keeps an engine there until it is killed.
await startEmbeddedEngine({ dataDir: process.argv[2] ?? '' });
