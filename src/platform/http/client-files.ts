import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler } from 'express';

/** Where the build puts the pages; the same from `src` and from `dist`. */
export const clientFolder = fileURLToPath(new URL('../../../client/dist/', import.meta.url));

/**
 * Serves the client: files with a hash in their name for ever, the page itself never cached. Any other address that a
 * browser opens is the client's own and gets the page; what is not a page is handed on.
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
      const wanted =
        request.method === 'GET' && isPage(request.path) && request.accepts('html') && existsSync(page);
      if (!wanted) return next();
      response.setHeader('Cache-Control', 'no-cache');
      response.sendFile(page);
    },
  ];
}

function isPage(path: string): boolean {
  return !/^\/(api|sip|socket\.io|assets)(\/|$)/.test(path);
}
