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
  origin: { type: String, enum: ['shipped', 'edited'], required: true },
  updatedAt: { type: Date, required: true },
});

/** The years of the working calendar, one document a year. */
export interface CalendarYearStore {
  /** Every stored year, oldest first. */
  readonly list: () => Promise<readonly StoredCalendarYear[]>;
  /** Writes a shipped year over an older shipped one; a year the hospital has edited stays as it is. */
  readonly putShipped: (year: CalendarYear, at: Date) => Promise<void>;
  /** Writes a year as the hospital wants it; no later installation touches it. */
  readonly putEdited: (year: CalendarYear, at: Date) => Promise<void>;
}

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
      return rows.map(({ _id, updatedAt: _updatedAt, ...year }) => year);
    },
    putShipped: async (year, at) => {
      try {
        await put({ _id: String(year.year), origin: 'shipped' }, rowOf(year, 'shipped', at));
      } catch (error) {
        // The key is taken by an edited year, or another instance has just written the same file.
        if (!isDuplicateKey(error)) throw error;
      }
    },
    putEdited: (year, at) => put({ _id: String(year.year) }, rowOf(year, 'edited', at)),
  };
}
