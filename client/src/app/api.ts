import { refusalSchema } from '@contracts/refusal';
import { QueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { clientRefusal, RefusedError } from './refused-error';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Sent<S extends z.ZodType> {
  /** The answer is parsed by it; anything else is an error, never shown half. */
  answer?: S;
  /** Sent as JSON; a `FormData` as it is. */
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
}

/** One request to the server. Throws `RefusedError` with the refusal's code. */
export async function request<S extends z.ZodType>(
  method: Method,
  path: string,
  sent: Sent<S> = {},
): Promise<z.output<S>> {
  const response = await send(method, path, sent);
  const text = await response.text();
  if (!response.ok) throw refused(response.status, text);
  if (!sent.answer) return undefined as z.output<S>;
  const parsed = sent.answer.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  console.error(`unexpected answer of ${method} ${path}`, parsed.error.issues);
  throw new RefusedError(clientRefusal('client.unexpected-answer', { path }), response.status);
}

/** `GET path`, parsed. */
export function fetchJson<S extends z.ZodType>(
  path: string,
  answer: S,
  query?: Sent<S>['query'],
  signal?: AbortSignal,
): Promise<z.output<S>> {
  return request('GET', path, {
    answer,
    ...(query ? { query } : {}),
    ...(signal ? { signal } : {}),
  });
}

async function send(method: Method, path: string, sent: Sent<z.ZodType>): Promise<Response> {
  const address = new URL(path, window.location.origin);
  for (const [key, value] of Object.entries(sent.query ?? {}))
    if (value !== undefined && value !== '') address.searchParams.set(key, String(value));
  const init: RequestInit = { method, credentials: 'same-origin', headers: { accept: 'application/json' } };
  if (sent.signal) init.signal = sent.signal;
  // A form with a file: the browser writes the parts and their header.
  if (sent.body instanceof FormData) init.body = sent.body;
  else if (sent.body !== undefined) {
    init.body = JSON.stringify(sent.body);
    init.headers = { ...init.headers, 'content-type': 'application/json' };
  }
  try {
    return await fetch(address, init);
  } catch (error) {
    // fetch rejects only when aborted (the caller's business) or when no answer came at all.
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RefusedError(clientRefusal('client.unreachable'));
  }
}

function refused(status: number, text: string): RefusedError {
  const parsed = refusalSchema.safeParse(jsonOf(text));
  if (parsed.success) return new RefusedError(parsed.data, status);
  const code = status >= 502 ? 'client.unreachable' : 'client.unexpected-answer';
  return new RefusedError(clientRefusal(code, { status }), status);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Not JSON (a proxy's page, an empty body): the schema then says what was expected.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Only what may succeed the second time is tried again. */
export function worthRetrying(failures: number, error: unknown): boolean {
  if (failures >= 2 || !(error instanceof RefusedError)) return false;
  return error.refusal.code === 'client.unreachable' || error.status === 503;
}

/** The one cache of server answers. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: worthRetrying, staleTime: 10_000, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
