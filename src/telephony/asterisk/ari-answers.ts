import type { Cancel, Clock } from '../../kernel/clock.js';
import { EngineUnavailable } from '../port/engine.js';
import { type AriRequest, type AriResponse, wireRequest } from './ari-request.js';
import { ariResponseSchema } from './ari-schema.js';

const requestTimeoutMs = 5_000;

interface Waiting {
  done: (response: AriResponse) => void;
  fail: (error: Error) => void;
  stopWaiting: Cancel;
}

/** Requests on their way over ARI's WebSocket: each gets its answer by its number, or fails when none comes in time. */
export class AriAnswers {
  private readonly waiting = new Map<string, Waiting>();
  private requests = 0;

  constructor(private readonly clock: Clock) {}

  /** Hands the request to `send` and resolves with its answer. */
  ask(request: AriRequest, send: (wire: string) => void): Promise<AriResponse> {
    const id = String(++this.requests);
    return new Promise((done, fail) => {
      const stopWaiting = this.clock.at(this.clock.now() + requestTimeoutMs, () => {
        this.waiting.delete(id);
        fail(new EngineUnavailable(`no answer to ${request.method} ${request.path}`));
      });
      this.waiting.set(id, { done, fail, stopWaiting });
      send(JSON.stringify(wireRequest(id, request)));
    });
  }

  /** Takes a `RESTResponse`; one that came too late is nobody's. */
  take(message: unknown): void {
    const { request_id, status_code, reason_phrase, message_body } = ariResponseSchema.parse(message);
    const waiting = this.waiting.get(request_id);
    if (!waiting) return;
    this.waiting.delete(request_id);
    waiting.stopWaiting();
    waiting.done({ status: status_code, body: message_body ? JSON.parse(message_body) : reason_phrase });
  }

  /** The link is gone: nobody will answer. */
  failAll(why: string): void {
    for (const { fail, stopWaiting } of this.waiting.values()) {
      stopWaiting();
      fail(new EngineUnavailable(why));
    }
    this.waiting.clear();
  }
}
