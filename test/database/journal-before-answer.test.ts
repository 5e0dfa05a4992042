import { closeSync, mkdtempSync, openSync, readdirSync, readSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Schema } from 'mongoose';
import { defineCollection } from '../../src/database/collection.ts';
import { openDatabase } from '../../src/database/connect.ts';
import { startEmbeddedEngine } from '../../src/database/embedded-engine.child-process.ts';
import { socketFolder } from '../../src/database/engine-folder.node.ts';
import { randomIds } from '../../src/shared/ids.crypto.ts';
import { deepRuns } from '../support/deep.ts';

const limitMs = deepRuns(120_000, 900_000);

const cleanups: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const schema = new Schema<{ _id: string }>({ _id: { type: String, required: true } });

/** Far more than is written between two looks: what a look seeks stands in the last of it. */
const recentBytes = 1 << 20;

/** Reads on in the engine's journal, file after file, as far as it is written: whatever is in it survives the death of the engine. */
function journalReader(dataDir: string): () => string {
  const folder = path.join(dataDir, 'journal');
  const window = Buffer.alloc(recentBytes);
  const settled = new Map<string, number>();
  let recent = '';
  const readOn = (name: string): string => {
    const from = settled.get(name) ?? 0;
    const file = openSync(path.join(folder, name), 'r');
    const length = readSync(file, window, 0, window.length, from);
    closeSync(file);
    const written = window.toString('latin1', 0, length).replace(/\0+$/u, '');
    // The last page may still grow: only what stands before it is settled, and read no more.
    const grown = Math.max(0, written.length - 4096);
    settled.set(name, from + grown);
    recent = (recent + written.slice(0, grown)).slice(-recentBytes);
    return written.slice(grown);
  };
  return () => {
    const files = readdirSync(folder).filter((file) => file.startsWith('WiredTigerLog.'));
    const growing = files.toSorted().map(readOn);
    return recent + growing.join('');
  };
}

describe('the journal of the embedded engine', () => {
  test(
    'has a document before its writer is answered, also with twenty writers at once',
    async () => {
      const dataDir = mkdtempSync(path.join(os.tmpdir(), 'patient-sat-journal-'));
      cleanups.push(() => {
        rmSync(dataDir, { recursive: true, force: true });
        rmSync(socketFolder(dataDir), { recursive: true, force: true });
      });
      const engine = await startEmbeddedEngine({ dataDir });
      cleanups.push(engine.stop);
      const database = openDatabase({ uri: engine.uri, dbName: 'notes' });
      cleanups.push(database.close);
      const notes = defineCollection<{ _id: string }>(database.connection, 'notes', schema);
      await database.connected();
      await notes.create({ _id: 'first' });
      const journal = journalReader(dataDir);
      const pid = engine.pid() ?? 0;
      const missing: string[] = [];
      let fresh: string[] = [];

      // Stopped in the middle, the engine can do nothing more for what it has acknowledged: as if it had died right there.
      const compare = (): void => {
        process.kill(pid, 'SIGSTOP');
        const written = journal();
        missing.push(...fresh.filter((id) => !written.includes(id)));
        fresh = [];
        process.kill(pid, 'SIGCONT');
      };
      const write = async (): Promise<void> => {
        for (let count = 0; count < deepRuns(150, 2_000); count += 1) {
          const id = randomIds.newId();
          await notes.create({ _id: id });
          fresh.push(id);
          if (fresh.length === 7) compare();
        }
      };
      await Promise.all(Array.from({ length: 20 }, write));

      expect(missing).toEqual([]);
    },
    limitMs,
  );
});
