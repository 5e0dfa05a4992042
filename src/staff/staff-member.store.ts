import { Schema, trusted } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { staffPosts } from './staff-member.ts';
import type { StaffMember } from './staff-member.ts';

interface Row extends Omit<StaffMember, 'staffNumber'> {
  readonly _id: string;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  name: { type: String, required: true },
  post: { type: String, enum: staffPosts, required: true },
  departmentCode: { type: String, required: true },
  nursingUnitCode: { type: String, default: null },
  from: { type: String, default: null },
  until: { type: String, default: null },
});
schema.index({ departmentCode: 1, _id: 1 });

/** Which members of staff a list is cut to. */
export interface StaffFilter {
  readonly departmentCodes?: readonly string[];
  /** A part of the name or of the number, in any case. */
  readonly text?: string;
  /** Only who works here on this day. */
  readonly worksOn?: string;
  /** Only numbers after this one. */
  readonly after?: string;
}

/** The hospital's 职工名册. Nobody is ever removed: praise and awards of years ago name them. */
export interface StaffStore {
  readonly find: (staffNumber: string) => Promise<StaffMember | null>;
  /** By number, at most `limit`. */
  readonly list: (filter: StaffFilter, limit: number) => Promise<readonly StaffMember[]>;
  /** Adds or replaces one by number. */
  readonly save: (member: StaffMember) => Promise<void>;
}

const memberOf = ({ _id: staffNumber, ...rest }: Row): StaffMember => ({ staffNumber, ...rest });

function conditionsOf({ departmentCodes, text, worksOn, after }: StaffFilter): object[] {
  const literal = text?.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const part = literal === undefined ? null : trusted({ $regex: literal, $options: 'i' });
  return [
    ...(departmentCodes === undefined ? [] : [{ departmentCode: trusted({ $in: [...departmentCodes] }) }]),
    ...(part ? [{ $or: [{ _id: part }, { name: part }] }] : []),
    ...(after === undefined ? [] : [{ _id: trusted({ $gt: after }) }]),
    ...(worksOn === undefined
      ? []
      : [
          { $or: [{ from: null }, { from: trusted({ $lte: worksOn }) }] },
          { $or: [{ until: null }, { until: trusted({ $gt: worksOn }) }] },
        ]),
  ];
}

/** Stores the register in the collection `staffMembers`. */
export function createStaffStore(connection: Connection): StaffStore {
  const model = defineCollection<Row>(connection, 'staffMembers', schema);
  return {
    find: async (staffNumber) => {
      const row = await model.findById(staffNumber).lean<Row>();
      return row && memberOf(row);
    },
    list: async (filter, limit) => {
      const conditions = conditionsOf(filter);
      const rows = await model
        .find(conditions.length > 0 ? { $and: conditions } : {})
        .sort({ _id: 1 })
        .limit(limit)
        .lean<Row[]>();
      return rows.map(memberOf);
    },
    save: async ({ staffNumber, ...rest }) => {
      await model.replaceOne({ _id: staffNumber }, { _id: staffNumber, ...rest }, { upsert: true });
    },
  };
}
