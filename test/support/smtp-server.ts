import type { Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';

/**
 * What the server does with one recipient. `rcpt`/`data` answer RCPT TO or the end of DATA with a code;
 * `mail-from` answers the sender; `stall-before-data` never answers RCPT TO; `stall-after-data` and `drop-after-data` take the whole mail
 * (it is in `mails`) and then never answer, or cut the connection; `drop-before-data` cuts it at RCPT TO.
 * `hold` answers only after `release()`.
 */
export type SmtpBehaviour =
  | { readonly at: 'mail-from' | 'rcpt' | 'data'; readonly code: number; readonly text?: string }
  | {
      readonly at: 'stall-before-data' | 'stall-after-data' | 'drop-before-data' | 'drop-after-data' | 'hold';
    };

/** A mail the server took, parsed, with its envelope. */
export interface CapturedMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly raw: string;
  readonly parsed: ParsedMail;
}

/** A real SMTP server in the test's process, on a free port of 127.0.0.1. */
export interface SmtpTestServer {
  /** `smtp://user:secret@127.0.0.1:port`. */
  readonly url: string;
  readonly port: number;
  /** Every mail whose last byte arrived and that was not refused: what a person would find in the inbox. */
  readonly mails: readonly CapturedMail[];
  /** Mails whose last byte arrived for this address. */
  readonly mailsTo: (address: string) => readonly CapturedMail[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** Sets what happens to one address from now on; `*` is everybody without a rule of his own; null removes it. */
  readonly behave: (address: string, behaviour: SmtpBehaviour | null) => void;
  /** Refuses every login with 535, or takes any again. */
  readonly refuseLogins: (refuse: boolean) => void;
  /** Greets with this code (421, 554), or properly again with null. */
  readonly refuseConnections: (code: number | null) => void;
  /** Answers every mail that is held. */
  readonly release: () => void;
  /** Resolves when this many mails have arrived in all. */
  readonly arrived: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface State {
  readonly mails: CapturedMail[];
  readonly rules: Map<string, SmtpBehaviour>;
  readonly held: (() => void)[];
  waiting: { count: number; resolve: () => void }[];
  refuseLogins: boolean;
  greeting: number | null;
  connections: number;
  /** By the client's port, so that one connection can be cut. */
  readonly sockets: Map<number, Socket>;
}

function refusal(code: number, text = 'refused by the test'): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

function ruleFor(state: State, address: string): SmtpBehaviour | undefined {
  return state.rules.get(address.toLowerCase()) ?? state.rules.get('*');
}

function cut(state: State, session: SMTPServerSession): void {
  state.sockets.get(session.remotePort)?.destroy();
}

async function textOf(stream: SMTPServerDataStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function tellArrivals(state: State): void {
  for (const { resolve } of state.waiting.filter(({ count }) => count <= state.mails.length)) resolve();
  state.waiting = state.waiting.filter(({ count }) => count > state.mails.length);
}

async function takeMail(
  state: State,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<SmtpBehaviour | undefined> {
  const raw = await textOf(stream);
  const to = session.envelope.rcptTo.map(({ address }) => address);
  const rule = to.map((address) => ruleFor(state, address)).find((found) => found !== undefined);
  if (rule?.at === 'data') throw refusal(rule.code, rule.text);
  const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
  state.mails.push({ envelope: { from, to }, raw, parsed: await simpleParser(raw) });
  return rule;
}

async function answerData(
  state: State,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  answer: (error?: Error | null) => void,
): Promise<void> {
  try {
    const rule = await takeMail(state, stream, session);
    if (rule?.at === 'drop-after-data') cut(state, session);
    else if (rule?.at === 'hold') state.held.push(() => answer());
    else if (rule?.at !== 'stall-after-data') answer();
  } catch (error) {
    answer(error instanceof Error ? error : new Error(String(error)));
  }
  tellArrivals(state);
}

function createServer(state: State): SMTPServer {
  const server: SMTPServer = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 50,
    onConnect: (_session, callback) => {
      state.connections += 1;
      callback(state.greeting === null ? null : refusal(state.greeting));
    },
    onAuth: (_auth, _session, callback) => {
      if (state.refuseLogins) callback(refusal(535, 'Authentication credentials invalid'));
      else callback(null, { user: 'test' });
    },
    onMailFrom: (_address, _session, callback) => {
      const rule = state.rules.get('*');
      callback(rule?.at === 'mail-from' ? refusal(rule.code, rule.text) : null);
    },
    onRcptTo: ({ address }, session, callback) => {
      const rule = ruleFor(state, address);
      if (rule?.at === 'stall-before-data') return;
      if (rule?.at === 'drop-before-data') cut(state, session);
      else callback(rule?.at === 'rcpt' ? refusal(rule.code, rule.text) : null);
    },
    onData: (stream, session, callback) => {
      void answerData(state, stream, session, callback);
    },
  });
  // A client that goes away in the middle of a dialogue is what some tests are about.
  server.on('error', () => undefined);
  return server;
}

/** Starts a server that takes every mail until told otherwise. */
export async function startSmtpServer(): Promise<SmtpTestServer> {
  const state: State = {
    mails: [],
    rules: new Map(),
    held: [],
    waiting: [],
    refuseLogins: false,
    greeting: null,
    connections: 0,
    sockets: new Map(),
  };
  const server = createServer(state);
  const listening = server.listen(0, '127.0.0.1');
  listening.on('connection', (socket) => {
    if (socket.remotePort !== undefined) state.sockets.set(socket.remotePort, socket);
  });
  await new Promise<void>((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `smtp://user:secret@127.0.0.1:${String(port)}`,
    port,
    mails: state.mails,
    mailsTo: (to) => state.mails.filter(({ envelope }) => envelope.to.includes(to)),
    connections: () => state.connections,
    behave: (to, behaviour) => {
      if (behaviour === null) state.rules.delete(to.toLowerCase());
      else state.rules.set(to.toLowerCase(), behaviour);
    },
    refuseLogins: (refuse) => {
      state.refuseLogins = refuse;
    },
    refuseConnections: (code) => {
      state.greeting = code;
    },
    release: () => {
      for (const answer of state.held.splice(0)) answer();
    },
    arrived: (count) =>
      state.mails.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => {
            state.waiting.push({ count, resolve });
          }),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
