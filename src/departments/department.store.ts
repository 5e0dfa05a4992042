import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import { departmentKinds, noDetails } from './department.ts';
import type { DepartmentDetails } from './department.ts';
import type { DepartmentRecord } from './department-record.ts';

/** A department that was stored before it had details has none of them. */
interface Row extends Omit<DepartmentRecord, 'code' | keyof DepartmentDetails | 'merged'> {
  readonly _id: string;
  readonly campus?: DepartmentRecord['campus'];
  readonly nursingUnits?: DepartmentRecord['nursingUnits'];
  readonly from?: DepartmentRecord['from'];
  readonly until?: DepartmentRecord['until'];
  readonly merged?: DepartmentRecord['merged'];
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  names: { type: [{ _id: false, name: Schema.Types.Mixed, from: String }], required: true },
  kind: { type: String, enum: departmentKinds, required: true },
  active: { type: Boolean, required: true },
  campus: { type: Schema.Types.Mixed },
  nursingUnits: {
    type: [{ _id: false, code: String, name: Schema.Types.Mixed, active: Boolean }],
    default: undefined,
  },
  from: { type: String },
  until: { type: String },
  merged: { type: { _id: false, into: String, from: String } },
  recipients: {
    type: [{ _id: false, name: String, role: String, email: String, language: String }],
    required: true,
  },
  revision: { type: Number, required: true },
});

/** The hospital's departments. None is ever removed: answers of years ago refer to it. */
export interface DepartmentStore {
  /** Every department, by code. */
  readonly list: () => Promise<readonly DepartmentRecord[]>;
  readonly find: (code: string) => Promise<DepartmentRecord | null>;
  /** Adds a department; false when the code is there already. */
  readonly insert: (record: DepartmentRecord) => Promise<boolean>;
  /** Writes a department over the revision before it; false when somebody else has changed it since. */
  readonly replace: (record: DepartmentRecord) => Promise<boolean>;
}

const recordOf = ({ _id: code, ...rest }: Row): DepartmentRecord => ({
  ...noDetails,
  merged: null,
  ...rest,
  code,
});
const rowOf = ({ code, ...rest }: DepartmentRecord): Row => ({ _id: code, ...rest });

/** Stores departments in the collection `departments`. */
export function createDepartmentStore(connection: Connection): DepartmentStore {
  const model = defineCollection<Row>(connection, 'departments', schema);
  return {
    list: async () => {
      const rows = await model.find().sort({ _id: 1 }).lean<Row[]>();
      return rows.map(recordOf);
    },
    find: async (code) => {
      const row = await model.findById(code).lean<Row>();
      return row && recordOf(row);
    },
    insert: async (record) => {
      try {
        await model.create(rowOf(record));
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    replace: async (record) => {
      const filter = { _id: record.code, revision: record.revision - 1 };
      const { matchedCount } = await model.replaceOne(filter, rowOf(record));
      return matchedCount === 1;
    },
  };
}
