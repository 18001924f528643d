import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Health } from '../../contracts/rest.js';
import { RedisConnections } from '../redis/redis-connections.js';

type CheckName = keyof Health['checks'];
type Check = Health['checks'][CheckName];
/** Answers a detail for people, or throws when its part is down. */
type Probe = () => Promise<string>;

const patienceMs = 2_000;

/** Asks each part whether it works, none for longer than two seconds. */
@Injectable()
export class HealthChecks {
  private readonly probes: Partial<Record<CheckName, Probe>> = {};

  constructor(source: DataSource, redis: RedisConnections) {
    this.probe('database', async () => {
      const [row]: { server_version: string }[] = await source.query('show server_version');
      return `PostgreSQL ${row?.server_version ?? '?'}`;
    });
    this.probe('redis', async () => {
      const info = await redis.shared.info('server');
      return `Redis ${/redis_version:(\S+)/.exec(info)?.[1] ?? '?'}`;
    });
  }

  /** Sets who answers for a part: telephony is set by the application, which alone knows the engine. */
  probe(name: CheckName, probe: Probe): void {
    this.probes[name] = probe;
  }

  async health(): Promise<Health> {
    const [database, redis, telephony] = await Promise.all([
      this.check('database'),
      this.check('redis'),
      this.check('telephony'),
    ]);
    const up = [database, redis, telephony].every((check) => check.status === 'up');
    return { status: up ? 'ok' : 'failing', checks: { database, redis, telephony } };
  }

  private async check(name: CheckName): Promise<Check> {
    const probe = this.probes[name];
    if (!probe) return { status: 'down', detail: 'not part of this process' };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
    });
    try {
      return { status: 'up', detail: await Promise.race([probe(), late]) };
    } catch (error) {
      return { status: 'down', detail: error instanceof Error ? error.message : String(error) };
    } finally {
      clearTimeout(timer);
    }
  }
}
