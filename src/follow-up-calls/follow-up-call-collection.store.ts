import { Schema } from 'mongoose';
import type { Connection, Model } from 'mongoose';
import { defineCollection } from '../database/collection.ts';
import { readStoredPeriod } from '../operation/trial-period.ts';
import type { CallAttempt, FollowUpCall } from './follow-up-call.ts';
import type { Escalation } from './red-flag.ts';

/** A follow-up call as it lies in `followUpCalls`. */
export type CallDocument = Omit<FollowUpCall, 'id'> & {
  readonly _id: string;
  /** Written only so that what came before is known to be in the journal. */
  readonly settledAt?: Date;
  /** What duty doctors do about its red flags: see `red-flag.ts`. */
  readonly escalations?: readonly Escalation[];
  /** When it was closed because the person refuses such calls. */
  readonly refusedAt?: Date;
  /** Ended because of the person it is to: no attempt is added any more. */
  readonly silenced?: boolean;
};

/** The collection of follow-up calls, shared by the stores that read and write it. */
export type CallCollection = Model<CallDocument>;

const required = true;
const standing = {
  state: { type: String, required },
  outcome: { type: String, default: null },
  nextAttemptAt: { type: Date, required },
};

const attemptSchema = new Schema<CallAttempt>(
  {
    attemptId: { type: String, required },
    disposition: { type: String, required },
    way: { type: String, required },
    startedAt: { type: Date, required },
    durationSeconds: { type: Number, required },
    by: { type: String, required },
    recordedAt: { type: Date, required },
    note: { type: String, default: null },
    callBackAt: { type: Date, default: null },
    redFlag: { type: Boolean, required },
    fingerprint: { type: String, required },
    reconciled: { type: Boolean, required },
    standing: { type: new Schema(standing, { _id: false }), required },
  },
  { _id: false },
);

const escalationSchema = new Schema<Escalation>(
  {
    attemptId: { type: String, required },
    takenBy: { type: String, required },
    takenByName: { type: String, required },
    takenAt: { type: Date, required },
    outcome: { type: String, default: null },
    settledAt: { type: Date, default: null },
  },
  { _id: false },
);

const schema = new Schema<CallDocument>({
  _id: { type: String, required },
  dischargeId: { type: String, required },
  departmentCode: { type: String, required },
  purpose: { type: String, required },
  dischargedOn: { type: String, required },
  countedOn: { type: String, required },
  period: { type: String, required },
  trial: { type: Boolean, default: false },
  dueOn: { type: String, required },
  closesOn: { type: String, required },
  ...standing,
  claim: {
    type: new Schema(
      {
        by: { type: String, required },
        byName: { type: String, required },
        until: { type: Date, required },
      },
      { _id: false },
    ),
    default: null,
  },
  attempts: { type: [attemptSchema], required },
  withdrawn: { type: Boolean, required },
  openedAt: { type: Date, required },
  settledAt: { type: Date },
  escalations: { type: [escalationSchema], default: undefined },
  silenced: { type: Boolean },
  refusedAt: { type: Date },
});
schema.index({ purpose: 1, state: 1, departmentCode: 1, nextAttemptAt: 1, _id: 1 });
schema.index({ purpose: 1, state: 1, nextAttemptAt: 1, _id: 1 });
schema.index({ period: 1, purpose: 1 });
schema.index({ 'attempts.redFlag': 1 }, { partialFilterExpression: { 'attempts.redFlag': true } });
// What a night looks for: calls that still have notes.
schema.index({ dischargedOn: 1 }, { partialFilterExpression: { 'attempts.fingerprint': { $gt: '' } } });

/** Registers the collection; call it once a connection. */
export function defineFollowUpCalls(connection: Connection): CallCollection {
  return defineCollection<CallDocument>(connection, 'followUpCalls', schema);
}

/** The domain's call of a document. */
export function toCall({
  _id,
  settledAt: _settledAt,
  escalations: _escalations,
  silenced: _silenced,
  refusedAt: _refusedAt,
  ...rest
}: CallDocument): FollowUpCall {
  return { id: _id, ...rest, ...readStoredPeriod(rest.period) };
}
