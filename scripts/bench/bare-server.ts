import express from 'express';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';

/**
 * What the submit benchmark is held against: bare Express 5 and the driver's insertOne, with the write concern of the service.
 * Documents and indexes are taken over from what the service has stored, so that they stay alike when the service changes.
 * Nothing is validated. Arguments: MongoDB URI, database, database of the service with one response in it.
 */
interface Body {
  readonly submissionId: string;
  readonly departmentCode: string;
  readonly mode: string;
  readonly answers: Readonly<Record<string, string>>;
}

type Row = { _id: string } & Record<string, unknown>;

const [uri = '', database = '', serviceDatabase = ''] = process.argv.slice(2);
const client = await new MongoClient(uri).connect();
const ofService = client.db(serviceDatabase).collection<Row>('surveyResponses');
const collection = client
  .db(database)
  .collection<Row>('surveyResponses', { writeConcern: { w: 'majority', journal: true } });
for (const { v: _version, name, key, ...options } of await ofService.indexes()) {
  if (name !== '_id_') await collection.createIndex(key, options);
}
const stored = await ofService.findOne({});
if (stored === null) throw new Error('The service has stored no response.');
const { patientGroup, formId, formVersion, period } = stored;

const app = express();
app.use(express.json({ limit: '64kb' }));
app.post('/api/v1/survey-responses', async (request, response) => {
  const body = request.body as Body;
  const receivedAt = new Date();
  await collection.insertOne({
    ...stored,
    _id: body.submissionId,
    segment: `${body.departmentCode}|${String(patientGroup)}|${String(formId)}|${String(formVersion)}|${body.mode}|none`,
    departmentCode: body.departmentCode,
    mode: body.mode,
    answers: Object.entries(body.answers).map(([item, option]) => ({ item, option })),
    receivedAt,
  });
  response.status(201).json({
    submissionId: body.submissionId,
    formId,
    formVersion,
    period,
    receivedAt: receivedAt.toISOString(),
  });
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => {
  server.close(() => void client.close());
  server.closeAllConnections();
});
