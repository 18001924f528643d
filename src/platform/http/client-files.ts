import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';
import { RefusalError, refuse } from '../../kernel/refusal.js';

/** Where the build puts the pages; the same from `src` and from `dist`. */
export const clientFolder = fileURLToPath(new URL('../../../client/dist/', import.meta.url));

/**
 * Serves the client: files with a hash in their name for ever, the page itself never cached. Any other address that a
 * browser opens is the client's own and gets the page. Only the API is handed on.
 */
export function clientFiles(folder = clientFolder): RequestHandler[] {
  const page = join(folder, 'index.html');
  return [
    express.static(folder, {
      index: false,
      setHeaders: (response, path) => {
        const hashed = path.startsWith(join(folder, 'assets'));
        response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
    (request, response, next) => {
      if (/^\/api(\/|$)/.test(request.path)) return next();
      const wanted = request.method === 'GET' && isPage(request.path) && request.accepts('html');
      if (!wanted || !existsSync(page)) return next(new RefusalError(refuse('request.not-found')));
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(page);
    },
  ];
}

function isPage(path: string): boolean {
  return !/^\/(sip|socket\.io|assets)(\/|$)/.test(path);
}
