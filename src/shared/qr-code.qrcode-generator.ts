import createCode from 'qrcode-generator';
import type { QrCode } from './qr-code.ts';

const quietZone = 4;

/**
 * The QR code of a text (ISO/IEC 18004), in the smallest version that holds it; a quarter of it may be worn or dirty and it is
 * still read (level Q). Throws on a text longer than about 1,600 characters.
 */
export function qrCode(text: string): QrCode {
  const code = createCode(0, 'Q');
  code.addData(text);
  code.make();
  const modules = code.getModuleCount();
  const rows = Array.from({ length: modules }, (_, row) => {
    const line = Array.from({ length: modules }, (_cell, column) => (code.isDark(row, column) ? '1' : '0'));
    const runs = [...line.join('').matchAll(/1+/g)];
    return runs
      .map(({ index, 0: run }) => `M${index + quietZone} ${row + quietZone}h${run.length}v1h-${run.length}z`)
      .join('');
  });
  return { size: modules + 2 * quietZone, path: rows.join('') };
}
