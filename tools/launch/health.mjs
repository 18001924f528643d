import http from 'node:http';
import https from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../services/failure.mjs';

/**
 * Waits for `GET /api/health` to answer 200.
 * @param {string} url
 * @param {import('./supervisor.mjs').Kept} api
 * @param {{ signal: AbortSignal, withinMs?: number }} options
 */
export async function untilHealthy(url, api, { signal, withinMs = 90_000 }) {
  const deadline = Date.now() + withinMs;
  let seen = 'no answer';
  while (!signal.aborted) {
    const answer = await ask(`${url}/api/health`);
    if (answer.ok) return;
    seen = answer.told ?? seen;
    if (api.crashes >= 3)
      throw new Failure(`The server does not start: ${api.lastWords()}.`, `See ${api.log}.`);
    if (Date.now() > deadline)
      throw new Failure(`The server is not healthy after ${withinMs / 1000} s (${seen}).`, `See ${api.log}.`);
    await wait(200);
  }
  signal.throwIfAborted();
}

/** @param {string} url @returns {Promise<{ ok: boolean, told?: string }>} */
function ask(url) {
  const get = url.startsWith('https:') ? https.get : http.get;
  return new Promise((done) => {
    // A certificate of the house's does not name this machine's own address.
    const request = get(url, { rejectUnauthorized: false, timeout: 5000 }, (reply) => {
      let text = '';
      reply.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      reply.on('end', () =>
        done({ ok: reply.statusCode === 200, told: `${reply.statusCode} ${text.slice(0, 200)}` }),
      );
    });
    request.on('timeout', () => request.destroy());
    // Not listening yet.
    request.on('error', () => done({ ok: false }));
  });
}
