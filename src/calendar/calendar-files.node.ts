import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the calendar folder: what it holds, or undefined when it is not JSON. */
export interface CalendarFile {
  readonly name: string;
  readonly content: unknown;
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** Every `*.json` of the folder by name; a folder that is not there holds none. */
export function readCalendarFiles(folder: string): readonly CalendarFile[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => ({ name, content: read(join(folder, name)) }));
}
