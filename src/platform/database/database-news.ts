import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { type Cancel, Clock } from '../../kernel/clock.js';
import { Config } from '../config/config.js';

/** Channels that the database's triggers tell on. */
export type NewsChannel = 'rights_changed' | 'session_closed';
type Listener = (payload: string) => void;

const backAfterMs = 500;
/** A line that is cut without a word is found out by asking. */
const askEveryMs = 10_000;

/**
 * What the database tells by itself: one connection of this process's own listens. It comes back after every loss; what
 * was told meanwhile is lost, so `onOpen` is where listeners look for themselves.
 */
@Injectable()
export class DatabaseNews implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(DatabaseNews.name);
  private readonly listeners = new Map<NewsChannel, Listener>();
  private readonly openListeners: (() => void)[] = [];
  private client: pg.Client | undefined;
  private cancel: Cancel = () => {};
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Before the application has started: one listener a channel. */
  listen(channel: NewsChannel, listener: Listener): void {
    if (this.listeners.has(channel)) throw new Error(`news: ${channel} is listened to already`);
    this.listeners.set(channel, listener);
  }

  /** Called each time the connection stands (again). */
  onOpen(listener: () => void): void {
    this.openListeners.push(listener);
  }

  /** Tells every process, this one too, as a trigger would. */
  async tell(channel: NewsChannel, payload: string): Promise<void> {
    await this.source.query('select pg_notify($1, $2)', [channel, payload]);
  }

  onApplicationBootstrap(): void {
    if (this.listeners.size > 0) this.open();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.cancel();
    await this.client?.end();
  }

  private open(): void {
    const client = new pg.Client({
      connectionString: this.config.databaseUrl,
      application_name: 'sanling-news',
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    this.client = client;
    // An error is always followed by the end; without a listener it would be nobody's.
    client.on('error', (error) => this.logger.debug({ msg: 'news of the database broke off', err: error }));
    client.on('notification', ({ channel, payload }) => this.heard(channel, payload ?? ''));
    this.begin(client).catch((error: unknown) => this.lost(client, error));
  }

  private async begin(client: pg.Client): Promise<void> {
    await client.connect();
    client.on('end', () => this.lost(client, new Error('the connection ended')));
    for (const channel of this.listeners.keys()) await client.query(`listen ${channel}`);
    for (const listener of this.openListeners) listener();
    this.ask(client);
  }

  private ask(client: pg.Client): void {
    this.cancel = this.clock.at(this.clock.now() + askEveryMs, () => {
      client.query('select 1').then(
        () => this.client === client && this.ask(client),
        (error: unknown) => this.lost(client, error),
      );
    });
  }

  /** Once a connection, however it told. */
  private lost(client: pg.Client, error: unknown): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    this.cancel();
    this.logger.warn({ msg: 'the database tells nothing for now', err: error });
    client.end().catch((failed: unknown) => this.logger.debug({ msg: 'it was gone already', err: failed }));
    this.cancel = this.clock.at(this.clock.now() + backAfterMs, () => this.open());
  }

  private heard(channel: string, payload: string): void {
    this.listeners.get(channel as NewsChannel)?.(payload);
  }
}
