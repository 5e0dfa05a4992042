import { randomUUID } from 'node:crypto';
import { addDays, daysOf } from '../../src/shared/reporting-period.ts';
import { callResults, submission } from '../journeys/loop-answers.ts';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { onDatabaseOf, startServiceProcess, storedBy } from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';

/** An evaluation with a bit of everything, running. */
export interface Hospital {
  readonly service: ServiceProcess;
  /** The month that was closed. */
  readonly period: string;
  readonly nurse: { readonly username: string; readonly password: string };
  readonly phone: string;
  /** A call that nobody has made yet. */
  readonly openCall: string;
}

/** The administrator's password. */
export const adminPassword = 'plum blossom in the snow';

/** A client that is logged in. */
export async function loggedIn(
  { baseUrl }: ServiceProcess,
  username = 'admin',
  password = adminPassword,
): Promise<HttpClient> {
  const client = httpClient(baseUrl);
  await client.logIn(username, password);
  return client;
}

/** Starts the service on a folder and waits for it. */
export async function open(folder: string): Promise<ServiceProcess> {
  const service = await startServiceProcess({ DATA_DIR: folder, ADMIN_PASSWORD: adminPassword });
  await service.ready();
  return service;
}

/** Answers of the month that is due; closed and mailed by the second start. */
async function answeredMonth(folder: string, period: string): Promise<void> {
  const service = await open(folder);
  const office = await loggedIn(service);
  for (let i = 0; i < 35; i += 1) {
    const paper = { ...submission(i), mode: 'paper', answeredOn: daysOf(period).last };
    await office.post('/api/v1/survey-responses', paper);
  }
  // The cut-off lies a minute before the closing: these answers came an hour ago.
  const hourAgo = new Date(Date.now() - 3_600_000);
  await onDatabaseOf(folder, (at) =>
    at.collection('surveyResponses').updateMany({}, { $set: { receivedAt: hourAgo } }),
  );
  await service.stop();
}

async function nurseWithACall(
  office: HttpClient,
  service: ServiceProcess,
  callId: string,
): Promise<Hospital['nurse']> {
  const made = await office.post('/api/v1/accounts', {
    username: 'nurse.wang',
    displayName: '王护士',
    roles: [{ role: 'nurse', departments: ['surgery'] }],
  });
  const password = (made.json() as { oneTimePassword: string }).oneTimePassword;
  const nurse = await loggedIn(service, 'nurse.wang', password);
  await nurse.post(`/api/v1/follow-up-calls/${callId}/claim`);
  const logged = await nurse.post(`/api/v1/follow-up-calls/${callId}/attempts`, {
    attemptId: randomUUID(),
    startedAt: new Date().toISOString(),
    durationSeconds: 95,
    ...callResults[0],
  });
  if (logged.status !== 201) throw new Error(`The attempt was answered ${logged.status}: ${logged.text}`);
  return { username: 'nurse.wang', password };
}

/** Answers, a closed and mailed month, accounts, discharges with phone numbers and a call that was made. */
export async function openHospital(folder: string): Promise<Hospital> {
  const period = latestDuePeriod(new Date());
  await answeredMonth(folder, period);
  const service = await open(folder);
  await eventually(
    'the month is closed and every mail accepted',
    async () => {
      const rows = await storedBy(folder, 'deliveries');
      return rows.length > 0 && rows.every(({ state }) => state === 'accepted');
    },
    60_000,
  );
  const office = await loggedIn(service);
  const phone = '13800138000';
  const registered = await office.post('/api/v1/discharges', {
    discharges: Array.from({ length: 3 }, (_, i) => ({
      admissionNo: `ZY${String(i)}`,
      departmentCode: 'surgery',
      dischargedOn: addDays(new Date().toISOString().slice(0, 10), -5),
      dischargeWay: 'home',
      patientName: '李秀兰',
      phone,
    })),
  });
  const { results } = registered.json() as { results: readonly { callId: string }[] };
  const [madeCall = '', openCall = ''] = results.map(({ callId }) => callId);
  return { service, period, phone, openCall, nurse: await nurseWithACall(office, service, madeCall) };
}
