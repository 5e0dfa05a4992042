import { pino } from 'pino';
import type { Logger } from './logger.ts';

/** Fields that must never reach a log, wherever they stand. */
const secretFields: ReadonlySet<string> = new Set([
  'password',
  'token',
  'phone',
  'name',
  'patientName',
  'comment',
  'note',
  'cookie',
  'authorization',
]);

/** Lines wait until this many bytes have come together, at most a second: a write for each request costs a patient's time. */
const bufferBytes = 4096;

/** Whether a line may hold something secret: a field by such a name, or one with fields of its own. */
const mayHoldSecrets = (fields: object): boolean =>
  Object.entries(fields).some(
    ([name, value]) => secretFields.has(name) || (typeof value === 'object' && value !== null),
  );

/** JSON lines on standard output, times in UTC; what is still buffered is written when the process ends. */
export function createLogger(level: string): Logger {
  const paths = [...secretFields].flatMap((field) => [field, `*.${field}`]);
  const options = {
    level,
    redact: { paths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  const destination = pino.destination({ dest: 1, sync: false, minLength: bufferBytes, periodicFlush: 1000 });
  const masking = pino(options, destination);
  // Masking copies a line; the one for each request has nothing to mask, and a patient waits for it.
  const plain = masking.child({}, { redact: [] });
  const loggerFor = (fields: object): typeof plain => (mayHoldSecrets(fields) ? masking : plain);
  return {
    debug: (fields, message) => loggerFor(fields).debug(fields, message),
    info: (fields, message) => loggerFor(fields).info(fields, message),
    warn: (fields, message) => loggerFor(fields).warn(fields, message),
    error: (fields, message) => {
      loggerFor(fields).error(fields, message);
      masking.flush();
    },
  };
}
