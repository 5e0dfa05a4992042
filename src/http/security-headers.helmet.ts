import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

/** Whether people reach the service by https: then browsers are told to stay with it. */
interface HeaderOptions {
  readonly https: boolean;
}

function helmetFor(options: HeaderOptions): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        manifestSrc: ["'self'"],
      },
    },
    strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: options.https ? { policy: 'same-origin' } : false,
    originAgentCluster: options.https,
    xFrameOptions: { action: 'deny' },
  });
}

/** Powerful browser features no page of ours uses. */
const permissionsPolicy = 'camera=(), microphone=(), geolocation=(), payment=(), usb=()';

/**
 * Headers that close what no page of ours needs: no inline script or style, no framing, no referrer to others, no camera; and
 * nothing is kept by a browser or a proxy, unless its handler says otherwise. They are the same for every answer, so helmet is asked
 * once, with an answer that nobody gets.
 */
export function securityHeaders(options: HeaderOptions): RequestHandler {
  const probe = new ServerResponse(new IncomingMessage(new Socket()));
  helmetFor(options)(probe.req, probe, () => undefined);
  probe.setHeader('Permissions-Policy', permissionsPolicy);
  probe.setHeader('Cache-Control', 'no-store');
  const headers = new Map(Object.entries(probe.getHeaders()).map(([name, value]) => [name, String(value)]));
  return (_request, response, next) => {
    response.setHeaders(headers);
    next();
  };
}
