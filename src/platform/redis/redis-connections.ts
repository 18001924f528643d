import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis, type RedisOptions } from 'ioredis';
import { Config } from '../config/config.js';
import { tellAbsence } from './redis-away.js';
import type { RedisScript } from './redis-script.js';

/**
 * The process' connections to Redis. `shared` serves every short command and puts the installation's prefix before each
 * key by itself (also before keys handed to scripts; not before channels and patterns). Whoever blocks or subscribes
 * takes a connection of its own from `open`, which does not prefix.
 */
@Injectable()
export class RedisConnections implements OnApplicationShutdown {
  readonly shared: Redis;
  private readonly logger = new Logger(RedisConnections.name);
  private readonly opened: Redis[] = [];

  constructor(private readonly config: Config) {
    const options: RedisOptions = {
      ...this.optionsOf('shared'),
      maxRetriesPerRequest: 1,
      commandTimeout: 3_000,
      keyPrefix: config.redisPrefix,
    };
    this.shared = this.keep('shared', tellAbsence(new Redis(config.redisUrl, options)));
  }

  /** A connection of its own, named for `CLIENT LIST`; closed with the application. Commands wait through an outage. */
  open(purpose: string, options: RedisOptions = {}): Redis {
    return this.keep(purpose, new Redis(this.config.redisUrl, { ...this.optionsOf(purpose), ...options }));
  }

  /** False while the link is broken. */
  get up(): boolean {
    return this.shared.status === 'ready';
  }

  /** `name` with the installation's prefix: for channels, streams and other people's key prefixes. */
  named(name: string): string {
    return `${this.config.redisPrefix}${name}`;
  }

  /** Runs a script atomically on `keys`; the answer is parsed by the script's schema. */
  async run<Result>(
    script: RedisScript<Result>,
    keys: readonly string[],
    values: readonly (string | number)[],
  ): Promise<Result> {
    return script.runOn(this.shared, keys, values);
  }

  onApplicationShutdown(): void {
    for (const connection of this.opened) connection.disconnect();
  }

  private optionsOf(purpose: string): RedisOptions {
    return {
      connectionName: `sanling-${purpose}`,
      maxRetriesPerRequest: null,
      retryStrategy: (attempt) => Math.min(attempt * 200, 1_000),
    };
  }

  private keep(purpose: string, connection: Redis): Redis {
    connection.on('error', (error) => this.logger.warn(`redis ${purpose}: ${error.message}`));
    this.opened.push(connection);
    return connection;
  }
}
