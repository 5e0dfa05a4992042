import { randomUUID } from 'node:crypto';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import type { MovingClock } from '../support/moving-clock.ts';
import { adminPassword, startTestService } from '../support/test-service.ts';
import type { TestService } from '../support/test-service.ts';

const held = {
  office: [{ role: 'office', departments: 'all' }],
  doctor: [{ role: 'duty-doctor', departments: 'all' }],
  second: [{ role: 'duty-doctor', departments: 'all' }],
  surgeon: [{ role: 'duty-doctor', departments: ['surgery'] }],
  both: [
    { role: 'call-supervisor', departments: 'all' },
    { role: 'duty-doctor', departments: ['surgery'] },
  ],
  supervisor: [{ role: 'call-supervisor', departments: ['obstetrics'] }],
  nurse: [{ role: 'nurse', departments: ['surgery', 'obstetrics'] }],
};

/** Who is logged in, by user name. */
export type RedFlagPeople = Readonly<Record<keyof typeof held, HttpClient>>;

/** A red flag as the API lists it. */
export interface ListedFlag {
  readonly callId: string;
  readonly attemptId: string;
  readonly departmentCode: string;
  readonly state: string;
  readonly takenByName: string | null;
  readonly outcome: string | null;
}

/** A hospital whose nurses hear of emergencies on the phone. */
export interface RedFlagWorld {
  readonly service: TestService;
  /** Logs everybody in: sessions end when the clock goes on. */
  readonly logInAll: () => Promise<RedFlagPeople>;
  /** A nurse hears of an emergency; gives the address of its red flag. */
  readonly raise: (by: RedFlagPeople, departmentCode: string) => Promise<string>;
}

async function openAccounts(service: TestService): Promise<ReadonlyMap<string, string>> {
  const admin = httpClient(service.staffUrl);
  await admin.logIn('admin', adminPassword);
  const opened: (readonly [string, string])[] = [];
  for (const [username, roles] of Object.entries(held)) {
    const answer = await admin.post('/api/v1/accounts', { username, displayName: `${username}甲`, roles });
    opened.push([username, (answer.json() as { oneTimePassword: string }).oneTimePassword]);
  }
  return new Map(opened);
}

/** Opens the hospital on a database of its own. */
export async function openRedFlagWorld(clock: MovingClock): Promise<RedFlagWorld> {
  const service = await startTestService({ clock, smtpUrl: 'smtp://127.0.0.1:9' });
  const passwords = await openAccounts(service);
  const used = new Set<string>();
  let made = 0;
  const logIn = async (username: string): Promise<readonly [string, HttpClient]> => {
    const client = httpClient(service.staffUrl);
    await client.logIn(username, passwords.get(username) ?? '');
    return [username, client];
  };
  const logInAll = async (): Promise<RedFlagPeople> => {
    const clients: (readonly [string, HttpClient])[] = [];
    for (const username of Object.keys(held)) clients.push(await logIn(username));
    return Object.fromEntries(clients) as RedFlagPeople;
  };
  const raise: RedFlagWorld['raise'] = async ({ office, nurse }, departmentCode) => {
    made += 1;
    const discharge = {
      admissionNo: `ZY${String(made).padStart(6, '0')}`,
      departmentCode,
      dischargedOn: clock.now().toISOString().slice(0, 8) + '06',
      dischargeWay: 'home',
      patientName: '李秀兰',
      phone: '13800138001',
    };
    await office.post('/api/v1/discharges', { discharges: [discharge] });
    const listed = await nurse.get(
      `/api/v1/follow-up-calls?state=open&department=${departmentCode}&limit=200`,
    );
    const { calls } = listed.json() as { calls: { id: string }[] };
    const id = calls.find((call) => !used.has(call.id))?.id ?? '';
    used.add(id);
    await nurse.post(`/api/v1/follow-up-calls/${id}/claim`);
    const attemptId = randomUUID();
    const answer = await nurse.post(`/api/v1/follow-up-calls/${id}/attempts`, {
      attemptId,
      disposition: 'patient-absent',
      startedAt: clock.now().toISOString(),
      durationSeconds: 30,
      note: '家属说伤口出血不止',
      redFlag: true,
    });
    if (answer.status !== 201) throw new Error(`The attempt was answered ${answer.status}: ${answer.text}`);
    return `/red-flags/${id}/${attemptId}`;
  };
  return { service, logInAll, raise };
}
