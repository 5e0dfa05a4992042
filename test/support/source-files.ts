import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';

/** One import of a source file. */
export interface SourceImport {
  /** Path from the project's root for our files, the package's or `node:` name for others. */
  readonly target: string;
  readonly typeOnly: boolean;
  readonly own: boolean;
}

/** A source file, as text and as what it imports. */
export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly SourceImport[];
}

const root = projectRoot();
const importPattern = /^(?:import|export)\s+(type\s+)?(?:([^'"`;]*?)\s+from\s+)?['"]([^'"]+)['"];?/gm;

function importsOf(path: string, text: string): readonly SourceImport[] {
  return [...text.matchAll(importPattern)].map(([, type, names = '', specifier = '']) => {
    const own = specifier.startsWith('.');
    const inline = /^\{[^}]*\}$/.test(names.trim())
      ? names
          .replace(/[{}]/g, '')
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
      : ['value'];
    return {
      own,
      target: own ? normalize(join(dirname(path), specifier)).replaceAll('\\', '/') : specifier,
      typeOnly: type !== undefined || inline.every((name) => name.startsWith('type ')),
    };
  });
}

/** Every file below a folder of the project whose name ends so, with its imports. */
export function sourceFiles(folder: string, ending: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/');
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, lines: text.split('\n').length - 1, imports: importsOf(path, text) };
    });
}
