import { pino } from 'pino';
import type { Logger } from './logger.ts';

/** Fields that must never reach a log, wherever they stand. */
const secretFields = [
  'password',
  'token',
  'phone',
  'name',
  'patientName',
  'comment',
  'note',
  'cookie',
  'authorization',
];

/** Lines wait until this many bytes have come together, at most a second: a write for each request costs a patient's time. */
const bufferBytes = 4096;

/** JSON lines on standard output, times in UTC; what is still buffered is written when the process ends. */
export function createLogger(level: string): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`]);
  const options = {
    level,
    redact: { paths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  const destination = pino.destination({ dest: 1, sync: false, minLength: bufferBytes, periodicFlush: 1000 });
  const logger = pino(options, destination);
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => {
      logger.error(fields, message);
      logger.flush();
    },
  };
}
