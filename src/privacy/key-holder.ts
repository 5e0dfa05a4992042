/** An instance of the service, the keys it has, the current one first, and when it last said so. */
export interface KeyHolder {
  readonly instance: string;
  readonly keyIds: readonly string[];
  readonly seenAt: Date;
}
