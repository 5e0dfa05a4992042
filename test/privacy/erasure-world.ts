import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { openDatabase } from '../../src/database/connect.ts';
import { callResults, submission } from '../journeys/loop-answers.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { movingClock } from '../support/moving-clock.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

/** What the person says of herself. */
export const phone = '13812341234';
export const admissionNo = 'ZY20260901X';
export const name = '欧阳娜娜';

/** A discharge as it is stored. */
export interface StoredDischarge {
  readonly _id: string;
  readonly keys: { readonly admission: string };
  readonly identity: Readonly<Record<string, string | null>> | null;
  readonly personKeys: { readonly phones: readonly string[]; readonly persons: readonly string[] };
}

/** A collection with everything in it. */
export interface Dump {
  readonly collection: string;
  readonly documents: readonly Readonly<Record<string, unknown>>[];
}

/** One person among others, with an answer by phone, a note, a contact, and her name in somebody else's words. */
export interface ErasureWorld {
  readonly service: TestService;
  readonly clock: MovingClock;
  /** The office, logged in. */
  readonly office: () => HttpClient;
  /** Logs the office in again: a session does not outlive the days the clock jumps. */
  readonly logIn: () => Promise<void>;
  /** Discharges, calls, answers; a month closes; a second stay is still to be called. */
  readonly plant: () => Promise<void>;
  readonly withDatabase: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  /** Every document of every collection. */
  readonly dump: () => Promise<readonly Dump[]>;
  /** What the months say: the closed one as it is frozen, both as they would be counted now. */
  readonly figures: () => Promise<string>;
  readonly end: () => Promise<void>;
}

/** Which of some texts stand in another. */
export function found(all: string, planted: readonly string[]): readonly string[] {
  return planted.filter((text) => all.includes(text));
}

const discharged = (no: string, changes: object = {}): object => ({
  admissionNo: no,
  departmentCode: 'internal-medicine',
  dischargedOn: '2026-09-01',
  patientName: '李四',
  phone: '13900001111',
  ...changes,
});

/** Her first stay, as the HIS sends it. */
export const person = discharged(admissionNo, { patientName: name, phone, patientNo: 'P778899', visitNo: 2 });

const answer = (changes: object): object => ({ ...submission(3), submissionId: randomUUID(), ...changes });

async function callAll(office: HttpClient, clock: MovingClock): Promise<void> {
  const listed = await office.get('/api/v1/follow-up-calls?state=due');
  const { calls } = listed.json() as { calls: readonly { readonly id: string }[] };
  for (const [index, { id }] of calls.entries()) {
    await office.post(`/api/v1/follow-up-calls/${id}/claim`);
    const { interview } = callResults[index] as { interview: object };
    const logged = await office.post(`/api/v1/follow-up-calls/${id}/attempts`, {
      attemptId: randomUUID(),
      startedAt: clock.now().toISOString(),
      durationSeconds: 95,
      disposition: 'complete',
      interview: { ...interview, comment: '伤口还疼,请打我电话' },
      note: `${name}说伤口还疼`,
    });
    if (logged.status !== 201) throw new Error(logged.text);
  }
}

/** Starts the service with its office; call `end` afterwards. */
export async function openErasureWorld(): Promise<ErasureWorld> {
  const clock = movingClock('2026-09-10T02:00:00Z');
  const smtp = await startSmtpServer();
  const service = await startTestService({ clock, smtpUrl: smtp.url });
  const admin = httpClient(service.baseUrl);
  await admin.logIn('admin', adminPassword);
  const account = await admin.post('/api/v1/accounts', {
    username: 'office.li',
    displayName: '活动办',
    roles: [{ role: 'office', departments: 'all' }],
  });
  const { oneTimePassword } = account.json() as { oneTimePassword: string };
  const office = httpClient(service.baseUrl);
  const logIn = (): Promise<void> => office.logIn('office.li', oneTimePassword);
  await logIn();
  const withDatabase: ErasureWorld['withDatabase'] = async (work) => {
    const uri = process.env['TEST_MONGODB_URI'] ?? '';
    const database = openDatabase({ uri, dbName: service.dbName });
    await database.connected();
    const done = await work(database.connection);
    await database.close();
    return done;
  };
  return {
    service,
    clock,
    office: () => office,
    logIn,
    withDatabase,
    plant: async () => {
      const others = ['A', 'B', 'C', 'D', 'E', 'F'].map((one) => discharged(`ZY-${one}-00001`));
      const registered = await office.post('/api/v1/discharges', { discharges: [person, ...others] });
      const { results } = registered.json() as { results: readonly { readonly callId: string }[] };
      const hers = (results[0]?.callId ?? '').replace('satisfaction:', '');
      await office.post(`/api/v1/discharges/${hers}/consents`, {
        consentId: randomUUID(),
        purpose: 'satisfaction-link',
        state: 'refused',
        channel: 'office',
      });
      await callAll(office, clock);
      const visitor = httpClient(service.baseUrl);
      const comment = `和${name}同住一间,${phone}是她的电话`;
      await visitor.post('/api/v1/survey-responses', answer({ comment }));
      await visitor.post('/api/v1/survey-responses', answer({ contact: { reachAt: phone, name } }));
      for (let i = 0; i < 6; i += 1) await visitor.post('/api/v1/survey-responses', answer({}));
      clock.set('2026-10-21T00:30:00Z');
      await service.composition.deliveries.reconcile();
      clock.set('2026-10-25T02:00:00Z');
      // A session does not outlive the days the clock jumps.
      await logIn();
      const later = { dischargedOn: '2026-10-20' };
      const discharges = [
        discharged('ZY20261020Y', { patientName: name, phone, ...later }),
        discharged('ZY-G-00001', later),
      ];
      await office.post('/api/v1/discharges', { discharges });
    },
    dump: () =>
      withDatabase(async ({ db }) => {
        const names = (await db?.listCollections().toArray()) ?? [];
        return Promise.all(
          names.map(async ({ name: collection }) => ({
            collection,
            documents: (await db?.collection(collection).find({}).toArray()) ?? [],
          })),
        );
      }),
    figures: async () => {
      const { calls, scorecards } = service.composition;
      const months = ['2026-09', '2026-10'].map((period) => calls.tallyCalls(period, clock.now()));
      const rates = (await Promise.all(months)).map((tallies) =>
        tallies.map(({ open: _open, ...rest }) => rest),
      );
      const frozen = await office.get('/api/v1/scorecards/2026-09/internal-medicine');
      return JSON.stringify([rates, frozen.text, await scorecards.closeMonth.dryRun('2026-10')]);
    },
    end: async () => {
      await service.stop();
      await smtp.stop();
    },
  };
}
