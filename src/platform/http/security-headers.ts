import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Headers that keep the pages to themselves: own scripts only, no frames, microphone for us alone. */
export function securityHeaders(): RequestHandler[] {
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
      // Whoever ends TLS before us decides on it; over plain http browsers ignore it.
      strictTransportSecurity: false,
    }),
    (_request, response, next) => {
      response.setHeader('Permissions-Policy', 'microphone=(self), camera=(), geolocation=()');
      next();
    },
  ];
}
