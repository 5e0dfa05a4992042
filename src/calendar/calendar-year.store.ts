import { Schema } from 'mongoose';
import type { Connection } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { isDuplicateKey } from '../database/database-error.ts';
import type { CalendarYear, StoredCalendarYear } from './calendar-year.ts';

interface Row extends StoredCalendarYear {
  readonly _id: string;
  readonly updatedAt: Date;
}

const schema = new Schema<Row>({
  _id: { type: String, required: true },
  year: { type: Number, required: true },
  source: { type: String, required: true },
  holidays: { type: [{ _id: false, date: String, name: String }], required: true },
  workingDays: { type: [String], required: true },
  quietDays: { type: [String], default: [] },
  origin: { type: String, enum: ['shipped', 'edited'], required: true },
  updatedAt: { type: Date, required: true },
});

/** The years of the working calendar, one document a year. */
export interface CalendarYearStore {
  /** Every stored year, oldest first. */
  readonly list: () => Promise<readonly StoredCalendarYear[]>;
  /** Writes a shipped year over an older shipped one; a year the hospital has edited stays as it is. */
  readonly putShipped: (year: CalendarYear, at: Date) => Promise<void>;
  /** A year with the moment it was last written, or null. */
  readonly find: (
    year: number,
  ) => Promise<{ readonly year: StoredCalendarYear; readonly updatedAt: Date } | null>;
  /**
   * Writes a year as the hospital wants it, in place of the version that was seen (null: there was none); no later installation
   * touches it. False when another person has written it in between. One atomic write.
   */
  readonly putEdited: (year: CalendarYear, at: Date, seen: Date | null) => Promise<boolean>;
}

const yearOf = ({ _id, updatedAt: _updatedAt, ...year }: Row): StoredCalendarYear => ({
  ...year,
  quietDays: year.quietDays ?? [],
});

const rowOf = (year: CalendarYear, origin: Row['origin'], updatedAt: Date): Row => ({
  ...year,
  _id: String(year.year),
  origin,
  updatedAt,
});

/** Stores calendar years in the collection `calendarYears`. */
export function createCalendarYearStore(connection: Connection): CalendarYearStore {
  const model = defineCollection<Row>(connection, 'calendarYears', schema);
  const put = async (filter: { _id: string; origin?: 'shipped' }, row: Row): Promise<void> => {
    await model.replaceOne(filter, row, { upsert: true });
  };
  return {
    list: async () => {
      const rows = await model.find().sort({ year: 1 }).lean<Row[]>();
      return rows.map(yearOf);
    },
    putShipped: async (year, at) => {
      try {
        await put({ _id: String(year.year), origin: 'shipped' }, rowOf(year, 'shipped', at));
      } catch (error) {
        // The key is taken by an edited year, or another instance has just written the same file.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    find: async (year) => {
      const row = await model.findById(String(year)).lean<Row>();
      return row && { year: yearOf(row), updatedAt: row.updatedAt };
    },
    putEdited: async (year, at, seen) => {
      const row = rowOf(year, 'edited', at);
      if (seen !== null) {
        const { matchedCount } = await model.replaceOne({ _id: row._id, updatedAt: seen }, row);
        return matchedCount === 1;
      }
      try {
        await model.create(row);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
  };
}
