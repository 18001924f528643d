import type { z } from 'zod';
import { EngineUnavailable } from '../port/engine.js';
import { AriError, type AriRequest, type AriResponse } from './ari-request.js';
import type { AsteriskOptions } from './asterisk-options.js';

const answerWithinMs = 4_000;

/** Requests to an Asterisk whose events another process takes. Slower than the event socket, and disturbs nobody. */
export class AriHttp {
  constructor(private readonly options: AsteriskOptions) {}

  /** As `AriClient.command`. */
  async command(request: AriRequest, expected: readonly number[] = []): Promise<AriResponse> {
    const { method, path, query = {}, body } = request;
    const { httpUrl, ari } = this.options;
    const url = new URL(`/ari/${path}`, httpUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    const basic = Buffer.from(`${ari.user}:${ari.password}`).toString('base64');
    const response = await fetch(url, {
      method,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerWithinMs),
    }).catch((error: unknown) => {
      throw new EngineUnavailable(`${method} ${path}: ${String(error)}`);
    });
    const text = await response.text();
    const answer = { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
    if (answer.status >= 300 && !expected.includes(answer.status))
      throw new AriError(request, answer.status, answer.body);
    return answer;
  }

  /** As `AriClient.get`. */
  async get<T>(path: string, schema: z.ZodType<T>, query?: AriRequest['query']): Promise<T | undefined> {
    const response = await this.command({ method: 'GET', path, ...(query ? { query } : {}) }, [404]);
    return response.status === 404 ? undefined : schema.parse(response.body);
  }
}
