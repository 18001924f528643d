import { Logger } from '@nestjs/common';
import WebSocket from 'ws';
import type { z } from 'zod';
import type { Cancel, Clock } from '../../kernel/clock.js';
import { EngineUnavailable } from '../port/engine.js';
import { AriAnswers } from './ari-answers.js';
import { AriError, type AriRequest, type AriResponse } from './ari-request.js';
import { type AriEvent, ariEnvelopeSchema, ariEventSchema, ariEventTypes } from './ari-schema.js';
import type { AsteriskOptions } from './asterisk-options.js';
import { BackOff } from './back-off.js';
import { keepAlive } from './keep-alive.js';

export interface AriListener {
  /** The socket is open; events are held back until the promise resolves. */
  onOpen(): Promise<void>;
  /** Events that came while `onOpen` worked are `held`. */
  onEvent(event: AriEvent): void;
  onLost(): void;
}

/** Two processes that take the events from each other would drop every call's news each time: seldom, then more seldom. */
const afterReplacement = { firstMs: 30_000, longestMs: 15 * 60_000 };

/**
 * The link to ARI: events and requests share one WebSocket, which costs a fifth of an HTTP request each and keeps the
 * answers in order with the events. It reconnects by itself until `stop`.
 */
export class AriClient {
  private readonly log = new Logger(AriClient.name);
  private readonly answers: AriAnswers;
  private readonly afterLoss: BackOff;
  /** Not reset by a successful connection: that always succeeds, it is what takes the events from the other process. */
  private readonly afterReplacement: BackOff;
  private socket: WebSocket | undefined;
  private stopped = true;
  private held: AriEvent[] | undefined;
  private lastProblem = 'not connected yet';

  constructor(
    private readonly options: AsteriskOptions,
    private readonly clock: Clock,
    private readonly listener: AriListener,
  ) {
    this.answers = new AriAnswers(clock);
    this.afterLoss = new BackOff(clock);
    this.afterReplacement = new BackOff(clock, afterReplacement);
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
    this.afterLoss.stop();
    this.afterReplacement.stop();
    this.socket?.close();
    this.lose('stopped');
  }

  /** Sends a request; resolves with whatever Asterisk answers. Throws `EngineUnavailable` when it cannot answer. */
  request(request: AriRequest): Promise<AriResponse> {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return Promise.reject(new EngineUnavailable(this.lastProblem));
    return this.answers.ask(request, (wire) => socket.send(wire));
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
        stopPings = keepAlive(socket, this.clock, () => {
          this.lastProblem = 'no answer to a ping';
        });
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
    this.afterLoss.reset();
    const { held } = this;
    this.held = undefined;
    for (const event of held ?? []) this.listener.onEvent(event);
  }

  private lose(why: string, backOff = this.afterLoss): void {
    const wasOpen = this.socket !== undefined;
    this.socket = undefined;
    this.held = undefined;
    this.answers.failAll(why);
    if (wasOpen) this.listener.onLost();
    if (!this.stopped) backOff.schedule(() => void this.connect());
  }

  /** Asterisk leaves the socket open and tells it nothing more: a link that looks sound and is deaf. */
  private replaced(socket: WebSocket): void {
    this.lastProblem = `another process took over the events of the application ${this.options.ari.app}`;
    this.log.error(`${this.lastProblem}; two API processes may not share one Asterisk`);
    this.lose(this.lastProblem, this.afterReplacement);
    socket.terminate();
  }

  private take(socket: WebSocket, text: string): void {
    if (socket !== this.socket) return;
    const message: unknown = JSON.parse(text);
    const { type } = ariEnvelopeSchema.parse(message);
    if (type === 'RESTResponse') {
      this.answers.take(message);
      return;
    }
    if (type === 'ApplicationReplaced') {
      this.replaced(socket);
      return;
    }
    if (!ariEventTypes.has(type)) return;
    const parsed = ariEventSchema.safeParse(message);
    if (!parsed.success) this.log.error(`unreadable ${type}: ${parsed.error.message}`);
    else if (this.held) this.held.push(parsed.data);
    else this.listener.onEvent(parsed.data);
  }
}
