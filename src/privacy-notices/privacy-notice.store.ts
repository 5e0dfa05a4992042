import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { PrivacyNotice } from './privacy-notice.ts';

/** A version as it was published. */
export interface PublishedNotice {
  readonly notice: PrivacyNotice;
  readonly contentHash: string;
}

/** The published versions. A stored version never changes. */
export interface PrivacyNoticeStore {
  /** Every published version, also those whose file is gone. */
  readonly all: () => Promise<readonly PublishedNotice[]>;
  /** Stores a version unless it is there already: the first one wins. */
  readonly insert: (published: PublishedNotice, publishedAt: Date) => Promise<void>;
}

interface Row extends PublishedNotice {
  readonly _id: string;
  readonly publishedAt: Date;
}

const required = true;
const schema = new Schema<Row>({
  _id: { type: String, required },
  contentHash: { type: String, required },
  publishedAt: { type: Date, required },
  notice: { type: Schema.Types.Mixed, required },
});

/** The collection `privacyNotices`; `_id` is the version. */
export function createPrivacyNoticeStore(connection: Connection): PrivacyNoticeStore {
  const rows = defineCollection<Row>(connection, 'privacyNotices', schema);
  return {
    all: async () => {
      const found = await rows.find().sort({ _id: 1 }).lean<Row[]>();
      return found.map(({ notice, contentHash }) => ({ notice, contentHash }));
    },
    insert: async ({ notice, contentHash }, publishedAt) => {
      try {
        await rows.create({ _id: notice.version, notice, contentHash, publishedAt });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
  };
}
