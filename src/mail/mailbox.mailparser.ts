import type { ParsedMail } from 'mailparser';
import type { MailFolder } from './mail-folder.node.ts';
import { momentOfName } from './mailbox.ts';
import type { CaughtMail, Mailbox } from './mailbox.ts';

const longestList = 200;

function caughtMailOf(id: string, source: string, parsed: ParsedMail): CaughtMail {
  const to = [parsed.to ?? []].flat();
  return {
    id,
    caughtAt: momentOfName(id),
    to: to.map(({ text }) => text).join(', '),
    subject: parsed.subject ?? '',
    headers: parsed.headerLines.map(({ line }) => ({
      name: line.slice(0, line.indexOf(':')),
      value: line.slice(line.indexOf(':') + 1).trim(),
    })),
    text: parsed.text ?? '',
    html: parsed.html === false ? null : (parsed.html ?? null),
    source,
  };
}

/** The mails of a folder, taken apart. The parser is loaded only here: a production installation does not have it. */
export async function openMailbox(folder: Pick<MailFolder, 'names' | 'get'>): Promise<Mailbox> {
  const { simpleParser } = await import('mailparser');
  const read = async (id: string): Promise<CaughtMail | null> => {
    const source = await folder.get(id);
    return source === null
      ? null
      : caughtMailOf(id, source, await simpleParser(Buffer.from(source, 'latin1')));
  };
  return {
    read,
    list: async () => {
      const names = await folder.names();
      const mails = await Promise.all(names.slice(0, longestList).map((name) => read(name)));
      return mails.filter((mail) => mail !== null);
    },
  };
}
