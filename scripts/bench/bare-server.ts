import express from 'express';
import type { AddressInfo } from 'node:net';
import { MongoClient } from 'mongodb';

/**
 * What the submit benchmark is held against: bare Express 5 and the driver's insertOne, with the same document, indexes
 * and write concern as the service. Nothing is validated. Arguments: MongoDB URI, database.
 */
interface Body {
  readonly submissionId: string;
  readonly formId: string;
  readonly formVersion: number;
  readonly departmentCode: string;
  readonly mode: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly comment?: string;
}

/** What the benchmark's form gives when all is answered. */
const validDimensions = [
  'ethics',
  'ethics@unit-5',
  'overall',
  'quality',
  'quality@unit-10',
  'service',
  'service@unit-15',
];
const [uri = '', database = ''] = process.argv.slice(2);
const client = await new MongoClient(uri).connect();
const collection = client
  .db(database)
  .collection<{ _id: string }>('surveyResponses', { writeConcern: { w: 'majority', journal: true } });
await collection.createIndex({ period: 1, receivedAt: 1 });
await collection.createIndex(
  { sourceKey: 1 },
  { unique: true, partialFilterExpression: { sourceKey: { $type: 'string' } } },
);

const app = express();
app.use(express.json({ limit: '64kb' }));
app.post('/api/v1/survey-responses', async (request, response) => {
  const body = request.body as Body;
  const receivedAt = new Date();
  await collection.insertOne({
    _id: body.submissionId,
    segment: `${body.departmentCode}|inpatient|${body.formId}|${body.formVersion}|${body.mode}|none`,
    formId: body.formId,
    formVersion: body.formVersion,
    patientGroup: 'inpatient',
    departmentCode: body.departmentCode,
    mode: body.mode,
    answeredBy: 'patient',
    verification: 'none',
    answers: Object.entries(body.answers).map(([item, option]) => ({ item, option })),
    confidentialAnswers: [],
    texts: [],
    comment: body.comment ?? null,
    completeness: 'complete',
    validDimensions,
    answeredOn: null,
    receivedAt,
    // As a service stores it that nobody has switched to live operation.
    period: `trial:${receivedAt.toISOString().slice(0, 7)}`,
    trial: true,
    sourceKey: null,
    fingerprint: '0'.repeat(64),
  } as { _id: string });
  response.status(201).json({ submissionId: body.submissionId, receivedAt: receivedAt.toISOString() });
});
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.once('SIGTERM', () => {
  server.close(() => void client.close());
  server.closeAllConnections();
});
