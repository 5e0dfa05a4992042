import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailer } from '../../src/mail/mailer.nodemailer.ts';
import type { MailerSettings } from '../../src/mail/mailer.nodemailer.ts';
import type { Mailer, MailMessage } from '../../src/mail/mailer.ts';
import { startSmtpServer } from '../support/smtp-server.ts';
import type { SmtpBehaviour, SmtpTestServer } from '../support/smtp-server.ts';

const now = new Date('2026-11-13T00:00:00Z');

function settingsFor(url: string, changes: Partial<MailerSettings> = {}): MailerSettings {
  return {
    url,
    from: { name: '活动办', address: 'office@hospital.cn' },
    replyTo: 'answers@hospital.cn',
    maxConnections: 2,
    connectionTimeoutMs: 10_000,
    greetingTimeoutMs: 10_000,
    socketTimeoutMs: 1000,
    sendTimeoutMs: 20_000,
    closeTimeoutMs: 5000,
    ...changes,
  };
}

function mailTo(address: string, changes: Partial<MailMessage> = {}): MailMessage {
  return {
    to: { name: '李伟', address },
    subject: '心血管内科 2026年10月 科室满意度月报',
    text: '与上月无明显差别',
    html: '<p>与上月无明显差别</p>',
    messageId: 'scorecard.2026-10.cardiology.r1.0011223344556677.1@hospital.cn',
    ...changes,
  };
}

let server: SmtpTestServer;
let mailer: Mailer;

beforeEach(async () => {
  server = await startSmtpServer();
  mailer = createMailer({ settings: settingsFor(server.url), clock: { now: () => now } });
});

afterEach(async () => {
  await mailer.close();
  await server.stop();
});

describe('a mail', () => {
  test('arrives with both parts, its Message-ID, the date of the clock and the mark of a machine', async () => {
    const outcome = await mailer.send(mailTo('li@hospital.cn'));

    expect(outcome.kind).toBe('accepted');
    const [mail] = server.mails;
    expect(mail?.envelope).toEqual({ from: 'office@hospital.cn', to: ['li@hospital.cn'] });
    expect(mail?.parsed).toMatchObject({
      subject: '心血管内科 2026年10月 科室满意度月报',
      messageId: '<scorecard.2026-10.cardiology.r1.0011223344556677.1@hospital.cn>',
      date: now,
      text: expect.stringContaining('与上月无明显差别'),
      html: '<p>与上月无明显差别</p>',
    });
    expect(mail?.parsed.from?.value).toEqual([{ name: '活动办', address: 'office@hospital.cn' }]);
    expect(mail?.parsed.replyTo?.value[0]?.address).toBe('answers@hospital.cn');
    expect(mail?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.parsed.headers.get('x-auto-response-suppress')).toBe('All');
  });

  test('gets no further header or recipient from a name or a subject', async () => {
    const injected = 'x\r\nBcc: thief@evil.example\r\n\r\nbody';

    await mailer.send(
      mailTo('li@hospital.cn', { to: { name: injected, address: 'li@hospital.cn' }, subject: injected }),
    );

    const [mail] = server.mails;
    expect(mail?.envelope.to).toEqual(['li@hospital.cn']);
    expect(mail?.parsed.bcc).toBeUndefined();
    expect(mail?.parsed.subject).toBe('x Bcc: thief@evil.example body');
    expect(mail?.parsed.text).toContain('与上月无明显差别');
  });

  test.each(['d@e.f, z@z.z', 'evil@x.y\r\nBcc: z@z.z', 'g:z@z.z;'])(
    'to an unsafe address never reaches the server: %j',
    async (address) => {
      expect(await mailer.send(mailTo(address))).toMatchObject({ kind: 'rejected', permanent: true });
      expect(server.connections()).toBe(0);
    },
  );
});

describe('the outcome', () => {
  test.each<[string, SmtpBehaviour, object]>([
    ['a deferred recipient', { at: 'rcpt', code: 450 }, { kind: 'rejected', permanent: false }],
    ['a closing server at RCPT', { at: 'rcpt', code: 421 }, { kind: 'rejected', permanent: false }],
    ['an unknown recipient', { at: 'rcpt', code: 550 }, { kind: 'rejected', permanent: true }],
    ['a deferral after DATA', { at: 'data', code: 451 }, { kind: 'rejected', permanent: false }],
    ['a closing server after DATA', { at: 'data', code: 421 }, { kind: 'rejected', permanent: false }],
    ['a refusal after DATA', { at: 'data', code: 554 }, { kind: 'rejected', permanent: true }],
    ['silence before DATA', { at: 'stall-before-data' }, { kind: 'rejected', permanent: false }],
    ['a cut before DATA', { at: 'drop-before-data' }, { kind: 'rejected', permanent: false }],
    ['silence after DATA', { at: 'stall-after-data' }, { kind: 'unknown' }],
    ['a cut after DATA', { at: 'drop-after-data' }, { kind: 'unknown' }],
    ['a refused sender', { at: 'mail-from', code: 550 }, { kind: 'unavailable' }],
    ['a deferred sender', { at: 'mail-from', code: 451 }, { kind: 'rejected', permanent: false }],
  ])('of %s is told', async (_what, behaviour, expected) => {
    server.behave('*', behaviour);
    expect(await mailer.send(mailTo('li@hospital.cn'))).toMatchObject(expected);
  });

  test.each<[SmtpBehaviour['at'], string]>([
    ['stall-before-data', 'rejected'],
    ['drop-before-data', 'rejected'],
    ['stall-after-data', 'unknown'],
    ['drop-after-data', 'unknown'],
  ])('of %s on a connection that has sent a mail before is %s', async (at, kind) => {
    await mailer.send(mailTo('first@hospital.cn'));
    server.behave('li@hospital.cn', { at } as SmtpBehaviour);

    expect(await mailer.send(mailTo('li@hospital.cn'))).toMatchObject({ kind });
    expect(server.mails.length).toBe(kind === 'unknown' ? 2 : 1);
  });

  test('of a refused login is that no mail can go out', async () => {
    server.refuseLogins(true);
    const outcome = await mailer.send(mailTo('li@hospital.cn'));
    expect(outcome).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('535') });
  });

  test.each([421, 554])('of a server that greets with %i is that no mail can go out', async (code) => {
    server.refuseConnections(code);
    expect(await mailer.send(mailTo('li@hospital.cn'))).toMatchObject({ kind: 'unavailable' });
  });

  test('of a server that is not there is that no mail can go out', async () => {
    const { port } = server;
    await server.stop();
    expect(await mailer.send(mailTo('li@hospital.cn'))).toMatchObject({ kind: 'unavailable' });
    server = await startSmtpServer();
    expect(server.port).not.toBe(port);
  });

  test('of a server that never greets is that no mail can go out', async () => {
    const mute = createServer();
    await new Promise<void>((resolve) => {
      mute.listen(0, '127.0.0.1', resolve);
    });
    const address = mute.address() as { port: number };
    const impatient = createMailer({
      settings: settingsFor(`smtp://127.0.0.1:${String(address.port)}`, { greetingTimeoutMs: 100 }),
      clock: { now: () => now },
    });
    expect(await impatient.send(mailTo('li@hospital.cn'))).toMatchObject({ kind: 'unavailable' });
    await impatient.close();
    mute.close();
  });

  test('of a mail over the hard limit is unknown after DATA and a transient rejection before', async () => {
    const settings = settingsFor(server.url, { socketTimeoutMs: 60_000, sendTimeoutMs: 1000 });
    const strict = createMailer({ settings, clock: { now: () => now } });
    server.behave('after@hospital.cn', { at: 'stall-after-data' });
    server.behave('before@hospital.cn', { at: 'stall-before-data' });

    expect(await strict.send(mailTo('after@hospital.cn'))).toMatchObject({ kind: 'unknown' });
    expect(await strict.send(mailTo('before@hospital.cn'))).toMatchObject({
      kind: 'rejected',
      permanent: false,
    });
    await strict.close();
  });

  test("never repeats the recipient's address", async () => {
    server.behave('li@hospital.cn', { at: 'rcpt', code: 550, text: 'no such user li@hospital.cn here' });
    expect(JSON.stringify(await mailer.send(mailTo('li@hospital.cn')))).not.toContain('li@');
  });

  test('of one bad recipient of ten does not touch the other nine', async () => {
    server.behave('r3@hospital.cn', { at: 'rcpt', code: 550 });
    const addresses = Array.from({ length: 10 }, (_, index) => `r${String(index)}@hospital.cn`);

    const outcomes = await Promise.all(addresses.map((address) => mailer.send(mailTo(address))));

    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(9);
    expect(outcomes[3]).toMatchObject({ kind: 'rejected', permanent: true });
  });
});

describe('closing', () => {
  test('waits for the mail in flight', async () => {
    const settings = settingsFor(server.url, { socketTimeoutMs: 10_000 });
    const patient = createMailer({ settings, clock: { now: () => now } });
    server.behave('li@hospital.cn', { at: 'hold' });
    const sending = patient.send(mailTo('li@hospital.cn'));
    await server.arrived(1);

    const closing = patient.close();
    server.release();

    expect((await sending).kind).toBe('accepted');
    await closing;
    expect((await patient.send(mailTo('late@hospital.cn'))).kind).toBe('unavailable');
  });

  test('cuts a mail that does not end, and says that it may have been taken', async () => {
    const settings = settingsFor(server.url, {
      socketTimeoutMs: 60_000,
      sendTimeoutMs: 60_000,
      closeTimeoutMs: 200,
    });
    const patient = createMailer({ settings, clock: { now: () => now } });
    server.behave('li@hospital.cn', { at: 'stall-after-data' });
    const sending = patient.send(mailTo('li@hospital.cn'));
    await server.arrived(1);

    await patient.close();

    expect((await sending).kind).toBe('unknown');
  });
});

test('a sender address that would break a header is refused at start', () => {
  const settings = settingsFor('smtp://127.0.0.1:1', { from: { name: 'x', address: 'a@b.c\r\nBcc: z@z.z' } });
  expect(() => createMailer({ settings, clock: { now: () => now } })).toThrow(/plain ASCII/);
});
