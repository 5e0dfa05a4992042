import type { RequestListener } from 'node:http';
import { earlyHeaders, earlyProblem } from './early-answer.ts';

const starting = earlyProblem({
  status: 503,
  code: 'starting',
  title: 'Not available at the moment',
  detail: '系统正在启动，请稍候再试。 The service is starting; please try again in a moment.',
  reasons: ['The service is starting or waits for its database.'],
});

/** Answers while the service is not composed yet: the process runs, everything else is 503 and worth a retry. */
export const startingListener: RequestListener = (request, response) => {
  const alive = request.url?.split('?')[0] === '/healthz';
  response.writeHead(alive ? 200 : 503, {
    ...earlyHeaders,
    'Content-Type': alive ? 'application/json' : 'application/problem+json; charset=utf-8',
    ...(alive ? {} : { 'Retry-After': '5' }),
  });
  response.end(alive ? JSON.stringify({ status: 'ok' }) : starting);
};
