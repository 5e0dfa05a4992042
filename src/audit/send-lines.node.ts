import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes lines as they come, as fast as the other end takes them. Rejects when it goes away. */
export async function sendLines(lines: AsyncIterable<string>, to: NodeJS.WritableStream): Promise<void> {
  await pipeline(Readable.from(lines), to);
}
