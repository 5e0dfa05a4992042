import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { submission } from '../journeys/loop-answers.ts';
import { daysOf } from '../../src/shared/reporting-period.ts';
import { latestDuePeriod } from '../support/due-period.ts';
import { eventually } from '../support/eventually.ts';
import { httpClient } from '../support/http-client.ts';
import {
  dataFolder,
  endAll,
  enginePid,
  isAlive,
  startServiceProcess,
  statusOf,
  storedBy,
  severalStartsMs,
} from '../support/service-process.ts';
import type { ServiceProcess } from '../support/service-process.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpTestServer } from '../support/smtp-server.ts';

const adminPassword = 'plum blossom in the snow';
let smtp: SmtpTestServer;

beforeAll(async () => {
  smtp = await startSmtpServer();
});

afterAll(async () => {
  smtp.release();
  await endAll();
  await smtp.stop();
});

/** A request whose body has only half arrived, as over a poor line. */
async function halfSent(service: ServiceProcess): Promise<{ readonly finish: () => Promise<string> }> {
  const body = JSON.stringify(submission(0));
  const socket: Socket = createConnection(service.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk)));
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  const head = [
    'POST /api/v1/survey-responses HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    // The server answers 100 when it has begun with the request: no guess whether it has.
    'Expect: 100-continue',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, 50)}`);
  await eventually('the server has begun with the request', () => answer.includes('100 Continue'));
  return {
    finish: async () => {
      socket.write(body.slice(50));
      await closed;
      return answer.split('100 Continue\r\n\r\n')[1] ?? '';
    },
  };
}

describe('on SIGTERM the service', () => {
  test('finishes the request that is arriving, takes no new one, stops its engine and ends with 0, told once or thrice', async () => {
    const folder = dataFolder();
    const service = await startServiceProcess({ DATA_DIR: folder });
    await service.ready();
    const engine = enginePid(folder) ?? 0;
    expect(isAlive(engine)).toBe(true);
    const request = await halfSent(service);

    service.signal('SIGTERM');
    // As when the whole group is told, engine and all.
    process.kill(engine, 'SIGTERM');
    await eventually('a new connection is refused', async () => (await statusOf(service.baseUrl)) === null);
    service.signal('SIGTERM');
    service.signal('SIGINT');
    expect(isAlive(engine)).toBe(true);
    const answer = await request.finish();

    expect(answer).toMatch(/^HTTP\/1\.1 201 /);
    expect(answer).toMatch(/^connection: close/im);
    expect(answer).toContain('"completeness":"complete"');
    expect(await service.ended).toEqual({ code: 0, signal: null });
    expect(isAlive(engine)).toBe(false);
    expect(service.errors()).toBe('');
  });

  test('ends with 0 and leaves no engine when it is still starting', async () => {
    const folder = dataFolder();
    const service = await startServiceProcess({ DATA_DIR: folder });
    await eventually('it listens', async () => (await statusOf(`${service.baseUrl}/healthz`)) === 200);
    expect(await statusOf(`${service.baseUrl}/readyz`)).toBe(503);

    const end = await service.stop();

    expect(end).toEqual({ code: 0, signal: null });
    expect(service.errors()).toBe('');
    expect(enginePid(folder)).toBeNull();
  });

  test('ends with 0 while it waits for a database that is away', async () => {
    const service = await startServiceProcess({
      MONGODB_URI: 'mongodb://127.0.0.1:9/',
      DATA_DIR: dataFolder(),
    });
    await eventually('it listens', async () => (await statusOf(`${service.baseUrl}/healthz`)) === 200);

    expect(await service.stop()).toEqual({ code: 0, signal: null });
    expect(service.errors()).toBe('');
  });

  test(
    'waits for the mail server’s answer to a mail in flight and records it; what was not begun is sent by the next start, once',
    async () => {
      const folder = dataFolder();
      const env = { DATA_DIR: folder, SMTP_URL: smtp.url, ADMIN_PASSWORD: adminPassword };
      const first = await startServiceProcess(env);
      await first.ready();
      const period = latestDuePeriod(new Date());
      const office = httpClient(first.baseUrl);
      await office.logIn('admin', adminPassword);
      const paper = { ...submission(1), mode: 'paper', answeredOn: daysOf(period).last };
      expect((await office.post('/api/v1/survey-responses', paper)).status).toBe(201);
      expect((await first.stop()).code).toBe(0);

      // The month is due: the next start closes it and begins to mail. The server takes three mails and keeps its answers back.
      smtp.behave('*', { at: 'hold' });
      const second = await startServiceProcess(env);
      await smtp.arrived(3);
      second.signal('SIGTERM');
      await eventually('it takes no new work', async () => (await statusOf(second.baseUrl)) === null);
      smtp.behave('*', null);
      smtp.release();
      expect(await second.ended).toEqual({ code: 0, signal: null });
      expect(smtp.mails).toHaveLength(3);

      const third = await startServiceProcess(env);
      await third.ready();
      const recipients = 15;
      await smtp.arrived(recipients);
      const rows = await eventually('every row is settled', async () => {
        const found = await storedBy(folder, 'deliveries');
        return found.every(({ state }) => state === 'accepted' || state === 'unknown') ? found : null;
      });
      expect(rows.map(({ state }) => state)).toEqual(smtp.mails.map(() => 'accepted'));
      expect(new Set(smtp.mails.map(({ envelope }) => envelope.to[0])).size).toBe(recipients);
      expect((await third.stop()).code).toBe(0);
      expect(smtp.mails).toHaveLength(recipients);
    },
    severalStartsMs,
  );
});
