import type { RequestListener } from 'node:http';

/** Answers while the service is not composed yet: the process runs, everything else is 503 and worth a retry. */
export const startingListener: RequestListener = (request, response) => {
  const alive = request.url?.split('?')[0] === '/healthz';
  const body = alive
    ? { status: 'ok' }
    : {
        type: 'urn:problem:starting',
        title: 'Not available at the moment',
        status: 503,
        detail: '系统正在启动，请稍候再试。 The service is starting; please try again in a moment.',
        code: 'starting',
        errors: [],
        reasons: ['The service is starting or waits for its database.'],
      };
  response.writeHead(alive ? 200 : 503, {
    'Content-Type': alive ? 'application/json' : 'application/problem+json; charset=utf-8',
    'Cache-Control': 'no-store',
    ...(alive ? {} : { 'Retry-After': '5' }),
  });
  response.end(JSON.stringify(body));
};
