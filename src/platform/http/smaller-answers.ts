import compression from 'compression';
import type { RequestHandler } from 'express';

const worthwhile = /^(application\/json|text\/(plain|html))\b/;

/**
 * Compresses what is read: lists, records, descriptions, the page. Not audio, which is small already, nor streams of
 * events, which would be held back; the client's files were compressed when they were built.
 *
 * The size of a compressed answer tells whoever can put words beside a secret what the secret is like (BREACH). Ours has
 * nothing to tell: other sites' pages cannot ask in a person's name (SameSite=Strict cookies), no session, token or
 * account is in an answer to GET, and answers to anything else, guests' accounts among them, are left as they are.
 */
export function smallerAnswers(): RequestHandler {
  return compression({
    filter: ({ method }, response) =>
      method === 'GET' && worthwhile.test(String(response.getHeader('Content-Type') ?? '')),
  });
}
