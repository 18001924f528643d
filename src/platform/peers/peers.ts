import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { mayBeDone } from '../../kernel/away.js';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { Leases } from '../leases/leases.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { PeerAway, type Question } from './question.js';

/** Longer than the one who is asked tries for (a command's four seconds), shorter than a person's patience with a key. */
export const peerPatienceMs = 6_000;

const envelopeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('asked'),
    id: z.string(),
    from: z.string(),
    name: z.string(),
    data: z.unknown(),
  }),
  z.object({ kind: z.literal('answered'), id: z.string(), data: z.unknown() }),
  z.object({ kind: z.literal('failed'), id: z.string(), detail: z.string(), undone: z.boolean() }),
]);
type Envelope = z.output<typeof envelopeSchema>;
type Asked = Extract<Envelope, { kind: 'asked' }>;
interface Waiting {
  settle(answer: Exclude<Envelope, Asked>): void;
}

/**
 * Processes of one installation ask each other over Redis: each listens on a channel of its own. Nothing is kept for a
 * process that is not there; whoever asks decides what its absence means.
 */
@Injectable()
export class Peers implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Peers.name);
  private readonly answerers = new Map<string, (data: unknown) => Promise<unknown>>();
  private readonly waiting = new Map<string, Waiting>();
  private listening: Redis | undefined;

  constructor(
    private readonly redis: RedisConnections,
    private readonly leases: Leases,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.listening = this.redis.open('peers');
    this.listening.on('message', (_channel, text) => this.take(text));
    await this.listening.subscribe(this.channelOf(this.leases.holder));
  }

  onApplicationShutdown(): void {
    for (const [id, { settle }] of this.waiting)
      settle({ kind: 'failed', id, detail: 'stopping', undone: false });
  }

  /** Names who answers a question at this process. What it throws is logged here and is `PeerAway` to the asker. */
  answer<A, R>({ name, asked, answer }: Question<A, R>, handler: (data: A) => Promise<R>): void {
    if (this.answerers.has(name)) throw new Error(`peers: ${name} is answered already`);
    this.answerers.set(name, async (data) => answer.parse(await handler(asked.parse(data))));
  }

  /** Asks another process. Throws `PeerAway` when there is no answer. */
  async ask<A, R>(process: string, { name, answer }: Question<A, R>, data: A): Promise<R> {
    const id = randomUUID();
    const answered = this.waitFor(id, name);
    const asked: Asked = { kind: 'asked', id, from: this.leases.holder, name, data };
    const heard = await this.redis.shared.publish(this.channelOf(process), JSON.stringify(asked));
    if (heard === 0) this.settle({ kind: 'failed', id, detail: 'it has gone', undone: true });
    return answer.parse(await answered);
  }

  private waitFor(id: string, name: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const cancel: Cancel = this.clock.at(this.clock.now() + peerPatienceMs, () =>
        this.settle({ kind: 'failed', id, detail: 'no answer in time', undone: false }),
      );
      this.waiting.set(id, {
        settle: (answer) => {
          cancel();
          this.waiting.delete(id);
          if (answer.kind === 'answered') resolve(answer.data);
          else reject(new PeerAway(`${name}: ${answer.detail}`, answer.undone));
        },
      });
    });
  }

  private settle(answer: Exclude<Envelope, Asked>): void {
    this.waiting.get(answer.id)?.settle(answer);
  }

  private take(text: string): void {
    const envelope = envelopeSchema.parse(JSON.parse(text));
    if (envelope.kind !== 'asked') {
      this.settle(envelope);
      return;
    }
    this.reply(envelope).catch((error: unknown) =>
      this.logger.warn({ msg: 'an answer could not be sent', question: envelope.name, err: error }),
    );
  }

  private async reply({ id, from, name, data }: Asked): Promise<void> {
    const envelope = await this.answerTo(id, name, data);
    await this.redis.shared.publish(this.channelOf(from), JSON.stringify(envelope));
  }

  private async answerTo(id: string, name: string, data: unknown): Promise<Envelope> {
    try {
      const answerer = this.answerers.get(name);
      if (!answerer) throw new PeerAway(`nobody answers ${name} here`, true);
      return { kind: 'answered', id, data: await answerer(data) };
    } catch (error) {
      if (!(error instanceof PeerAway))
        this.logger.error({ msg: 'a question of another process failed', question: name, err: error });
      const detail = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', id, detail, undone: !mayBeDone(error) };
    }
  }

  private channelOf(process: string): string {
    return this.redis.named(`peer:${process}`);
  }
}
