import { readdirSync } from 'node:fs';
import path from 'node:path';
import { textOf } from './tools.mjs';

const RELEASES = { debian: 'trixie', ubuntu: 'noble' };

/** One value of /etc/os-release. */
export function osRelease(key, text = textOf('/etc/os-release') ?? '') {
  return new RegExp(`^${key}="?([^"\\n]*)"?$`, 'mu').exec(text)?.[1] ?? '';
}

/** The release of the machine's own distribution that has glibc ≥ 2.38; undefined for other distributions. */
export function newerRelease() {
  const names = [osRelease('ID'), ...osRelease('ID_LIKE').split(' ')];
  return names.map((name) => RELEASES[name]).find(Boolean);
}

/**
 * The machine's own mirror, with its own options and signing key, turned to another release: {format: 'list' | 'sources',
 * text}; undefined when there is none. Security and third-party archives are passed over.
 */
export function aptSources(release, folder = '/etc/apt') {
  for (const { name, text } of sourceFiles(folder)) {
    const source = name.endsWith('.sources') ? fromDeb822(text, release) : fromList(text, release);
    if (source) return source;
  }
  return undefined;
}

function sourceFiles(folder) {
  const parts = path.join(folder, 'sources.list.d');
  let names = [];
  try {
    names = readdirSync(parts).filter((name) => /\.(?:list|sources)$/u.test(name));
  } catch {
    // No such folder: then sources.list is all there is.
  }
  return [path.join(folder, 'sources.list'), ...names.toSorted().map((name) => path.join(parts, name))].map(
    (file) => ({
      name: file,
      text: textOf(file) ?? '',
    }),
  );
}

/** A mirror of the distribution itself: the path ends in its name, and it is not the security archive. */
function isMirror(uri) {
  return /\/(?:debian|ubuntu|ubuntu-ports)\/?$/u.test(uri) && !uri.includes('security');
}

function fromDeb822(text, release) {
  for (const stanza of text.split(/\n\s*\n/u)) {
    const fields = fieldsOf(stanza);
    const uri = (fields.get('uris') ?? '').split(/\s+/u).find(isMirror);
    const isOn = fields.get('enabled')?.toLowerCase() !== 'no';
    if (!uri || !isOn || !/\bdeb\b/u.test(fields.get('types') ?? '')) continue;
    const key = fields.get('signed-by');
    const lines = ['Types: deb', `URIs: ${uri}`, `Suites: ${release}`, 'Components: main'];
    if (key) lines.push(`Signed-By:${key.startsWith('\n') ? key : ` ${key}`}`);
    return { format: 'sources', text: `${lines.join('\n')}\n` };
  }
  return undefined;
}

/** Field names in lower case; a continued value (an embedded key) keeps its lines. */
function fieldsOf(stanza) {
  const fields = new Map();
  let last = '';
  for (const line of stanza.split('\n')) {
    if (line.startsWith('#')) continue;
    const field = /^([A-Za-z-]+):[ \t]*(.*)$/u.exec(line);
    if (field) {
      last = field[1].toLowerCase();
      fields.set(last, field[2].trim());
    } else if (/^\s+\S/u.test(line) && last) {
      fields.set(last, `${fields.get(last)}\n${line}`);
    }
  }
  return fields;
}

function fromList(text, release) {
  for (const line of text.split('\n')) {
    const entry = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+\S+/u.exec(line);
    if (!entry || !isMirror(entry[2])) continue;
    const options = entry[1] ? `[${entry[1].trim()}] ` : '';
    return { format: 'list', text: `deb ${options}${entry[2]} ${release} main\n` };
  }
  return undefined;
}
