import type { RequestHandler } from 'express';
import helmet from 'helmet';

const yearSeconds = 31_536_000;

/**
 * Headers that keep the pages to themselves: own scripts only, no frames, microphone for us alone. No answer is kept by
 * anybody, be it a list of customers or somebody's voice, unless it says otherwise, as the client's own files do.
 */
export function securityHeaders({ tls }: { tls: boolean }): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          // The component library writes its styles into the page.
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          // 'self' covers ws: and wss: of this host.
          connectSrc: ["'self'", 'blob:', 'data:'],
          mediaSrc: ["'self'", 'blob:', 'data:'],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      // Whoever ends TLS decides on it; over plain http browsers ignore it.
      strictTransportSecurity: tls && { maxAge: yearSeconds, includeSubDomains: false },
    }),
    (_request, response, next) => {
      response.setHeader('Cache-Control', 'no-store');
      response.setHeader('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
      next();
    },
  ];
}
