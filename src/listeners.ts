import type { RequestListener } from 'node:http';
import { startHttpServer } from './http/http-server.node.ts';
import { startingListener } from './http/starting.ts';
import type { AppConfig } from './shared/app-config.ts';

/** Where people reach the service, each without a slash at its end; the same twice when all share one listener. */
export interface BaseUrls {
  readonly publicBaseUrl: string;
  readonly staffBaseUrl: string;
}

/** What answers on which listener. Without an app for the staff the first answers everything. */
export interface Apps {
  readonly app: RequestListener;
  readonly staffApp: RequestListener | null;
}

/** The open ports of a service: one for all, or one for patients and one for staff. */
export interface Listeners extends BaseUrls {
  readonly port: number;
  readonly staffPort: number | null;
  /** From now on the apps answer; before it is 503. */
  readonly serve: (apps: Apps) => void;
  /** Takes no new work, finishes what runs, then closes; after `graceMs` what is left is cut. */
  readonly stop: (graceMs: number) => Promise<void>;
}

type HttpConfig = AppConfig['http'];

const trimmed = (url: string): string => url.replace(/\/+$/, '');

/** The addresses by configuration, or `localhost` with the port that is listened on. */
export function baseUrlsOf(
  { publicBaseUrl, staffBaseUrl }: HttpConfig,
  port: number,
  staffPort: number | null,
): BaseUrls {
  const patients = trimmed(publicBaseUrl ?? `http://localhost:${port}`);
  const staff = staffPort === null ? patients : trimmed(staffBaseUrl ?? `http://localhost:${staffPort}`);
  return { publicBaseUrl: patients, staffBaseUrl: staff };
}

async function openOne(
  { requestTimeoutMs }: HttpConfig,
  at: { readonly port: number; readonly host: string | null; readonly prefix: string },
): Promise<Awaited<ReturnType<typeof startHttpServer>> & { readonly serve: (app: RequestListener) => void }> {
  let listener: RequestListener = startingListener;
  const server = await startHttpServer((request, response) => listener(request, response), {
    port: at.port,
    host: at.host ?? undefined,
    requestTimeoutMs,
    names: { port: `${at.prefix}PORT`, host: `${at.prefix}HOST` },
  });
  return {
    ...server,
    serve: (app) => {
      listener = app;
    },
  };
}

/** Opens the ports; rejects with one sentence when one of them cannot be opened, and then none is. */
export async function openListeners(http: HttpConfig): Promise<Listeners> {
  const first = await openOne(http, { port: http.port, host: http.host, prefix: '' });
  const second =
    http.staffPort === null
      ? null
      : await openOne(http, { port: http.staffPort, host: http.staffHost, prefix: 'STAFF_' }).catch(
          async (error: unknown) => {
            await first.stop(0);
            throw error;
          },
        );
  return {
    ...baseUrlsOf(http, first.port, second?.port ?? null),
    port: first.port,
    staffPort: second?.port ?? null,
    serve: ({ app, staffApp }) => {
      first.serve(app);
      if (staffApp) second?.serve(staffApp);
    },
    stop: async (graceMs) => {
      await Promise.all([first.stop(graceMs), second?.stop(graceMs)]);
    },
  };
}
