/** A QR code as an SVG draws it: one path of dark modules in a square of `size` modules, the quiet zone included. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}
