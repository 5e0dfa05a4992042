import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { submission } from '../journeys/loop-answers.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import { runScript } from '../support/run-script.ts';
import type { Said } from '../support/run-script.ts';
import { dataFolder, endAll, onDatabaseOf, storedBy } from '../support/service-process.ts';
import type { ServiceProcess, StoredDocument } from '../support/service-process.ts';
import { loggedIn, open, openHospital } from './hospital.ts';
import type { Hospital } from './hospital.ts';

/* The drill an administrator makes: back up a hospital at work, restore it elsewhere, start the service there, look. */

const drillMs = 240_000;
/** What nobody changes while patients answer. */
const still = [
  'accounts',
  'calendarYears',
  'deliveries',
  'departments',
  'discharges',
  'followUpCalls',
  'periodClosings',
  'reportingPeriods',
  'scorecards',
  'surveyForms',
];

let folder: string;
let elsewhere: string;
let archive: string;
let hospital: Hospital;
let restored: ServiceProcess;
let backup: Said;
const acknowledgedBefore = new Set<string>();
const sent = new Set<string>();
const before = new Map<string, readonly StoredDocument[]>();

/** A patient's phone that answers again and again. */
async function patient(
  service: ServiceProcess,
  acknowledged: Set<string>,
  until: () => boolean,
): Promise<void> {
  const client = httpClient(service.baseUrl);
  while (!until()) {
    const body = submission(0);
    const id = String(body['submissionId']);
    sent.add(id);
    const answer = await client.post('/api/v1/survey-responses', body);
    if (answer.status === 201) acknowledged.add(id);
  }
}

const restore = (into: string, ...args: readonly string[]): Promise<Said> =>
  runScript('restore', args, { DATA_DIR: into });
const idsOf = (documents: readonly StoredDocument[]): readonly string[] => documents.map(({ _id }) => _id);

function indexesOf(of: string): Promise<readonly string[]> {
  return onDatabaseOf(of, async (at) => {
    const found = await at.collection('surveyResponses').indexes();
    return found.map(({ name }) => String(name)).toSorted();
  });
}

beforeAll(async () => {
  folder = dataFolder();
  elsewhere = dataFolder();
  archive = join(dataFolder(), 'hospital.gz');
  hospital = await openHospital(folder);
  const acknowledged = new Set<string>();
  let done = false;
  const patients = Array.from({ length: 5 }, () => patient(hospital.service, acknowledged, () => done));
  await eventually('answers come in', () => acknowledged.size >= 30);
  for (const collection of still) before.set(collection, await storedBy(folder, collection));
  for (const id of acknowledged) acknowledgedBefore.add(id);
  backup = await runScript('backup', [archive], { DATA_DIR: folder });
  done = true;
  await Promise.all(patients);
}, drillMs);

afterAll(endAll);

describe('a backup of a running service', () => {
  test('is one archive and its keys apart, for their owner only, and says what it guarantees', () => {
    expect(backup).toMatchObject({ code: 0, errors: '' });
    expect(backup.output).toContain('Written and read back');
    expect(backup.output).toMatch(/Everything acknowledged before \d{4}-\S+Z is in it\./);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(statSync(`${archive}.keys`).mode & 0o777).toBe(0o600);
    const text = gunzipSync(readFileSync(archive)).toString('utf8');
    for (const secret of Object.values(
      JSON.parse(readFileSync(`${archive}.keys`, 'utf8')) as Record<string, string | string[]>,
    ).flat())
      expect(text).not.toContain(secret);
    expect(text).not.toContain(hospital.phone);
    expect(text).not.toContain('#collection sessions');
  });

  test('is not restored over the data of a running service', async () => {
    const said = await restore(folder, archive, '--replace');

    expect(said).toMatchObject({ code: 1, output: '' });
    expect(said.errors).toMatch(/^A service is running on .*: stop it/);
  });
});

describe('restored into an empty folder', () => {
  test(
    'it has every answer acknowledged before it began, each once, and none that was never given',
    async () => {
      const said = await restore(elsewhere, archive);

      expect(said).toMatchObject({ code: 0, errors: '' });
      restored = await open(elsewhere);
      const ids = idsOf(await storedBy(elsewhere, 'surveyResponses'));
      expect(ids).toEqual(expect.arrayContaining([...acknowledgedBefore]));
      const given = new Set([...sent, ...idsOf(await storedBy(folder, 'surveyResponses'))]);
      expect(ids.filter((id) => !given.has(id))).toEqual([]);
    },
    drillMs,
  );

  test('everything else is as it was, field by field, and its indexes are built by the start', async () => {
    for (const collection of still)
      expect(await storedBy(elsewhere, collection)).toEqual(before.get(collection));
    expect(await indexesOf(elsewhere)).toEqual(await indexesOf(folder));
  });

  test('the closed month shows the same figures, and closing it again gives the same hash', async () => {
    const path = `/api/v1/scorecards/${hospital.period}/internal-medicine`;
    const [there, here] = [await loggedIn(hospital.service), await loggedIn(restored)];
    const [shownThere, shownHere] = [await there.get(path), await here.get(path)];

    expect(shownHere.status).toBe(200);
    expect(shownHere.json()).toEqual(shownThere.json());
    const again = await runScript('close-month', [hospital.period], { DATA_DIR: elsewhere });
    const { code, output, errors } = await runScript('close-month', [hospital.period], { DATA_DIR: folder });
    expect(again).toMatchObject({ code, output, errors });
    expect(again.code).toBe(0);
  });

  test('a nurse logs in with her password and reads the phone number of the next patient', async () => {
    const { username, password } = hospital.nurse;
    const nurse = await loggedIn(restored, username, password);
    await nurse.post(`/api/v1/follow-up-calls/${hospital.openCall}/claim`);

    const page = await nurse.get(`/worklist/${hospital.openCall}`);

    expect(page.status).toBe(200);
    expect(page.text).toContain(hospital.phone);
  });

  test('no scorecard is mailed again', () => {
    const mails = join(elsewhere, 'mail');
    const kept = existsSync(mails) ? readdirSync(mails) : [];
    expect(kept.filter((file) => file.endsWith('.eml'))).toEqual([]);
  });
});
