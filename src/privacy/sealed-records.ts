/** One encrypted field of a record: where it stands, its text, and what the text is bound to. */
export interface SealedField {
  /** Path of the field, told apart within the record: `identity.name`. */
  readonly path: string;
  readonly text: string;
  readonly place: string;
}

/** A record with encrypted fields. */
export interface SealedRecord {
  readonly id: string;
  readonly fields: readonly SealedField[];
}

/** A field whose text is to be replaced by another of the same meaning. */
export interface Resealed {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** A collection with encrypted fields. Each slice gives its own; the rotation of keys goes through them all. */
export interface SealedRecords {
  readonly collection: string;
  /** Records by id, after `afterId`, at most `limit`, whichever key their texts are under. */
  readonly list: (afterId: string, limit: number) => Promise<readonly SealedRecord[]>;
  /** Replaces the texts that still are what they were; a text that was changed meanwhile stays. Gives how many were replaced. */
  readonly reseal: (id: string, fields: readonly Resealed[]) => Promise<number>;
}
