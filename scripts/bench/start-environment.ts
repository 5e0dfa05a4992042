import { randomBytes } from 'node:crypto';

/** The environment of a service in production on a database, with secrets of its own and a mail server that is away. */
export function productionEnvironment(
  uri: string,
  database: string,
  port: number,
): Readonly<Record<string, string>> {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    HOST: '127.0.0.1',
    MONGODB_URI: uri,
    MONGODB_DATABASE: database,
    SMTP_URL: 'smtp://127.0.0.1:9',
    PUBLIC_BASE_URL: `http://127.0.0.1:${port}`,
    TRUST_PROXY: '1',
    SESSION_SECRET: randomBytes(32).toString('hex'),
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    BLIND_INDEX_KEY: randomBytes(32).toString('base64'),
    AUDIT_KEY: randomBytes(32).toString('base64'),
    DEPARTMENTS_FILE: 'config/departments.sample.json',
  };
}
