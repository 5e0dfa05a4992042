/** A UUID (of the shape of version 4) made of a SHA-256 in hex: the same for the same hash. */
export function stableId(hash: string): string {
  const digits = `${hash.slice(0, 12)}4${hash.slice(13, 16)}8${hash.slice(17, 32)}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
