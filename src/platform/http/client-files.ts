import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RequestHandler } from 'express';
import staticGzip from 'express-static-gzip';
import { RefusalError, refuse } from '../../kernel/refusal.js';

const reading = new Set(['GET', 'HEAD']);

/** Where the build puts the pages; the same from `src` and from `dist`. */
export const clientFolder = fileURLToPath(new URL('../../../client/dist/', import.meta.url));

/**
 * Serves the client: files with a hash in their name for ever, the page itself never cached. Beside a file the build puts
 * its smaller forms, which go to whoever takes them. Any other address that a browser opens is the client's own and gets
 * the page. Only the API is handed on.
 */
export function clientFiles(folder = clientFolder): RequestHandler[] {
  const page = join(folder, 'index.html');
  return [
    staticGzip(folder, {
      index: false,
      enableBrotli: true,
      orderPreference: ['br', 'gz'],
      serveStatic: {
        setHeaders: (response, path) => {
          const hashed = path.startsWith(join(folder, 'assets'));
          response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      },
    }),
    (request, response, next) => {
      if (/^\/api(\/|$)/.test(request.path)) return next();
      const wanted = reading.has(request.method) && isPage(request.path) && request.accepts('html');
      if (!wanted || !existsSync(page)) return next(new RefusalError(refuse('request.not-found')));
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(page);
    },
  ];
}

function isPage(path: string): boolean {
  return !/^\/(sip|socket\.io|assets)(\/|$)/.test(path);
}
