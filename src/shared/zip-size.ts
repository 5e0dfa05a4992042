const endOfDirectory = 0x06054b50;
const entryMark = 0x02014b50;

function findEnd(view: DataView): number | null {
  const earliest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) === endOfDirectory) return at;
  }
  return null;
}

/**
 * How many bytes a zip file says it unpacks to; null when its directory cannot be read (or is of the 64-bit kind, which no upload of ours
 * needs). Source: APPNOTE.TXT 6.3.10, sections 4.3.12 and 4.3.16.
 */
export function unzippedSize(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const entries = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  let total = 0;
  for (let entry = 0; entry < entries; entry += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== entryMark) return null;
    total += view.getUint32(at + 24, true);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return total;
}

const zipMark = [0x50, 0x4b, 0x03, 0x04];
/** Twenty thousand wide rows unpack to less. */
const maxUnzippedBytes = 120 * 1024 * 1024;

/** Whether a file begins as a zip file, which a workbook is. */
export function isZip(bytes: Uint8Array): boolean {
  return zipMark.every((byte, index) => bytes[index] === byte);
}

/** Whether a file is a zip file that says it unpacks to no more than an upload may. What it says can be a lie: the reader's limits see to that. */
export function mayUnzip(bytes: Uint8Array): boolean {
  const size = isZip(bytes) ? unzippedSize(bytes) : null;
  return size !== null && size <= maxUnzippedBytes;
}
