import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { RefusalError, refuse } from '../../kernel/refusal.js';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * False when a browser says that another site's page asks. Programs that are not browsers send neither header. Only host
 * and port are compared: behind a proxy that ends TLS the scheme differs.
 */
export function sameOrigin(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (request.headers['sec-fetch-site'] === 'cross-site') return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Refuses what another site's page tries to change here. */
export const refuseForeignOrigin: RequestHandler = (request, _response, next) => {
  if (reading.has(request.method) || sameOrigin(request)) return next();
  next(new RefusalError(refuse('session.origin')));
};
