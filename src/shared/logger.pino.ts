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

/** JSON lines on standard output, times in UTC. */
export function createLogger(level: string): Logger {
  const paths = secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const logger = pino({
    level,
    redact: { paths, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
