import { Logger } from '@nestjs/common';
import WebSocket from 'ws';
import type { z } from 'zod';
import type { Cancel, Clock } from '../../kernel/clock.js';
import { EngineUnavailable } from '../port/engine.js';
import {
  type AriEvent,
  ariEnvelopeSchema,
  ariEventSchema,
  ariEventTypes,
  ariResponseSchema,
} from './ari-schema.js';
import type { AsteriskOptions } from './asterisk-options.js';
import { BackOff } from './back-off.js';

export interface AriRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/ari/`; parts that come from outside are encoded by `ariPath`. */
  path: string;
  query?: Readonly<Record<string, string | number>>;
  body?: unknown;
}

export interface AriResponse {
  status: number;
  body: unknown;
}

/** Asterisk refused a request in a way that we did not foresee. */
export class AriError extends Error {
  constructor(
    request: AriRequest,
    readonly status: number,
    body: unknown,
  ) {
    super(`ARI ${request.method} ${request.path}: ${status} ${JSON.stringify(body)}`);
    this.name = 'AriError';
  }
}

export interface AriListener {
  /** The socket is open; events are held back until the promise resolves. */
  onOpen(): Promise<void>;
  /** Events that came while `onOpen` worked are `held`. */
  onEvent(event: AriEvent): void;
  onLost(): void;
}

const requestTimeoutMs = 5_000;
const pingEveryMs = 10_000;

/** Joins path parts, each encoded. */
export function ariPath(...parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join('/');
}

/**
 * The link to ARI: events and requests share one WebSocket, which costs a fifth of an HTTP request each and keeps the
 * answers in order with the events. It reconnects by itself until `stop`.
 */
export class AriClient {
  private readonly log = new Logger(AriClient.name);
  private readonly backOff: BackOff;
  private readonly pending = new Map<
    string,
    { done: (response: AriResponse) => void; fail: (e: Error) => void }
  >();
  private socket: WebSocket | undefined;
  private stopped = true;
  private requests = 0;
  private held: AriEvent[] | undefined;
  private lastProblem = 'not connected yet';

  constructor(
    private readonly options: AsteriskOptions,
    private readonly clock: Clock,
    private readonly listener: AriListener,
  ) {
    this.backOff = new BackOff(clock);
  }

  get connected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Why the link is down. */
  get problem(): string {
    return this.lastProblem;
  }

  /** Events that arrived while the listener was still taking stock. */
  get heldBack(): readonly AriEvent[] {
    return this.held ?? [];
  }

  /** Resolves after the first attempt, whether or not it worked. */
  start(): Promise<void> {
    this.stopped = false;
    return this.connect();
  }

  stop(): void {
    this.stopped = true;
    this.backOff.stop();
    this.socket?.close();
    this.lose('stopped');
  }

  /** Sends a request; resolves with whatever Asterisk answers. Throws `EngineUnavailable` when it cannot answer. */
  request(request: AriRequest): Promise<AriResponse> {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new EngineUnavailable(this.lastProblem));
    const id = String(++this.requests);
    return new Promise((resolve, reject) => {
      const cancel = this.clock.at(this.clock.now() + requestTimeoutMs, () => {
        this.pending.delete(id);
        reject(new EngineUnavailable(`no answer to ${request.method} ${request.path}`));
      });
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          cancel();
          then(value);
        };
      this.pending.set(id, { done: settle(resolve), fail: settle(reject) });
      socket.send(JSON.stringify(wireRequest(id, request)));
    });
  }

  /** As `request`, but a status outside 2xx that is not among `expected` throws `AriError`. */
  async command(request: AriRequest, expected: readonly number[] = []): Promise<AriResponse> {
    const response = await this.request(request);
    if (response.status >= 300 && !expected.includes(response.status))
      throw new AriError(request, response.status, response.body);
    return response;
  }

  /** Gets and parses; undefined when it does not exist (404). */
  async get<T>(path: string, schema: z.ZodType<T>, query?: AriRequest['query']): Promise<T | undefined> {
    const response = await this.command({ method: 'GET', path, ...(query ? { query } : {}) }, [404]);
    return response.status === 404 ? undefined : schema.parse(response.body);
  }

  private connect(): Promise<void> {
    const { ari, httpUrl } = this.options;
    const url = new URL('/ari/events', httpUrl.replace(/^http/, 'ws'));
    url.searchParams.set('app', ari.app);
    const basic = Buffer.from(`${ari.user}:${ari.password}`).toString('base64');
    const socket = new WebSocket(url, {
      headers: { authorization: `Basic ${basic}` },
      handshakeTimeout: 5_000,
    });
    this.socket = socket;
    return new Promise((resolve) => {
      let stopPings: Cancel = () => undefined;
      socket.on('message', (data) => this.take(socket, String(data)));
      socket.on('error', (error) => {
        this.lastProblem = error.message || 'the connection was refused';
      });
      socket.on('open', () => {
        stopPings = this.keepAlive(socket);
        this.opened(socket).then(resolve, resolve);
      });
      socket.on('close', () => {
        stopPings();
        if (this.socket === socket) this.lose(this.lastProblem);
        resolve();
      });
    });
  }

  private async opened(socket: WebSocket): Promise<void> {
    this.held = [];
    try {
      await this.listener.onOpen();
    } catch (error) {
      // Whatever went wrong, half a picture is worse than none: begin again.
      this.lastProblem = error instanceof Error ? error.message : String(error);
      this.log.error(`taking stock failed: ${this.lastProblem}`);
      socket.terminate();
      return;
    }
    this.backOff.reset();
    const { held } = this;
    this.held = undefined;
    for (const event of held ?? []) this.listener.onEvent(event);
  }

  private lose(why: string): void {
    const wasOpen = this.socket !== undefined;
    this.socket = undefined;
    this.held = undefined;
    for (const { fail } of this.pending.values()) fail(new EngineUnavailable(why));
    this.pending.clear();
    if (wasOpen) this.listener.onLost();
    if (!this.stopped) this.backOff.schedule(() => void this.connect());
  }

  /** A peer that vanished without closing is noticed by its missing pong. */
  private keepAlive(socket: WebSocket): Cancel {
    let alive = true;
    let cancel: Cancel = () => undefined;
    const beat = () => {
      if (!alive) {
        this.lastProblem = 'no answer to a ping';
        socket.terminate();
        return;
      }
      alive = false;
      socket.ping();
      cancel = this.clock.at(this.clock.now() + pingEveryMs, beat);
    };
    socket.on('pong', () => {
      alive = true;
    });
    beat();
    return () => cancel();
  }

  private take(socket: WebSocket, text: string): void {
    if (socket !== this.socket) return;
    const message: unknown = JSON.parse(text);
    const { type } = ariEnvelopeSchema.parse(message);
    if (type === 'RESTResponse') {
      this.takeResponse(message);
      return;
    }
    if (!ariEventTypes.has(type)) return;
    const parsed = ariEventSchema.safeParse(message);
    if (!parsed.success) this.log.error(`unreadable ${type}: ${parsed.error.message}`);
    else if (this.held) this.held.push(parsed.data);
    else this.listener.onEvent(parsed.data);
  }

  private takeResponse(message: unknown): void {
    const { request_id, status_code, reason_phrase, message_body } = ariResponseSchema.parse(message);
    const waiting = this.pending.get(request_id);
    this.pending.delete(request_id);
    waiting?.done({ status: status_code, body: message_body ? JSON.parse(message_body) : reason_phrase });
  }
}

function wireRequest(id: string, { method, path, query = {}, body }: AriRequest): unknown {
  return {
    type: 'RESTRequest',
    request_id: id,
    method,
    uri: path,
    query_strings: Object.entries(query).map(([name, value]) => ({ name, value: String(value) })),
    ...(body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) }),
  };
}
