const encoder = new Map<string, readonly number[]>();

/** The two-byte part of GB18030 (GBK) turned round, from the decoder of the platform. */
function fill(): void {
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const sign = decoder.decode(Uint8Array.of(lead, trail));
      if (Array.from(sign).length === 1 && sign !== '\uFFFD') encoder.set(sign, [lead, trail]);
    }
  }
}

/** A text of ASCII and GBK as a hospital's old system exports it. */
export function toGb18030(text: string): Uint8Array<ArrayBuffer> {
  if (encoder.size === 0) fill();
  return Uint8Array.from(
    Array.from(text).flatMap((sign) => {
      const point = sign.codePointAt(0) ?? 0;
      if (point < 0x80) return [point];
      const bytes = encoder.get(sign);
      if (!bytes) throw new Error(`${sign} is not in GBK.`);
      return bytes;
    }),
  );
}
