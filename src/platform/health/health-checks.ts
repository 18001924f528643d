import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Health } from '../../contracts/rest.js';
import { Config } from '../config/config.js';
import { RedisConnections } from '../redis/redis-connections.js';
import { descriptors, diskOf, type Supply, supplyOf, type Usage } from './resources.js';

type CheckName = keyof Health['checks'];
type Check = Health['checks'][CheckName];
/** Answers what the part is, or throws when it is down. */
type Probe = () => Promise<string>;

const patienceMs = 2_000;
const names: readonly CheckName[] = ['database', 'redis', 'telephony', 'descriptors', 'disk', 'signalling'];
const told: Readonly<Record<Supply, string>> = {
  up: 'enough',
  short: 'running short',
  down: 'as good as used up',
};

/**
 * Asks each part whether it works, none for longer than two seconds, and looks at what may run out. Strangers may ask:
 * they are told no versions, addresses or figures. Those are in the log, when a part changes.
 */
@Injectable()
export class HealthChecks {
  private readonly logger = new Logger(HealthChecks.name);
  private readonly looks = new Map<CheckName, () => Promise<Check>>();
  private readonly last = new Map<CheckName, Check['status']>();
  private asking: Promise<Health> | undefined;

  constructor(
    source: DataSource,
    redis: RedisConnections,
    private readonly config: Config,
  ) {
    this.probe('database', async () => {
      await source.query('select 1');
      return 'PostgreSQL';
    });
    this.probe('redis', async () => {
      await redis.shared.info('server');
      return 'Redis';
    });
    this.watch('descriptors', descriptors);
    this.watch('disk', () => diskOf(config.home), config.reserve.diskBytes);
  }

  /** Sets who answers for a part: telephony is set by the application, which alone knows the engine. */
  probe(name: CheckName, probe: Probe): void {
    this.looks.set(name, async () => ({ status: 'up', detail: await probe() }));
  }

  /** Sets how much there is of something; `reserve` of it should be left, by default the share of the settings. */
  watch(name: CheckName, measure: () => Promise<Usage>, reserve?: number): void {
    this.looks.set(name, async () => {
      const usage = await measure();
      const status = supplyOf(usage, reserve ?? (usage.most * this.config.reserve.percent) / 100);
      this.note(name, status, usage);
      return { status, detail: told[status] };
    });
  }

  /** However many ask at once, the parts are asked once. */
  async health(): Promise<Health> {
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async ask(): Promise<Health> {
    const found = await Promise.all(names.map(async (name) => [name, await this.check(name)] as const));
    const checks = Object.fromEntries(found) as Health['checks'];
    const statuses = found.map(([, { status }]) => status);
    if (statuses.includes('down')) return { status: 'failing', checks };
    return { status: statuses.includes('short') ? 'degraded' : 'ok', checks };
  }

  private async check(name: CheckName): Promise<Check> {
    const look = this.looks.get(name);
    if (!look) return { status: 'down', detail: 'not part of this process' };
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Check>((resolve) => {
      const detail = `no answer within ${patienceMs} ms`;
      timer = setTimeout(() => resolve({ status: 'down', detail }), patienceMs);
    });
    try {
      const check = await Promise.race([look(), late]);
      if (check.status !== 'short') this.note(name, check.status, { detail: check.detail });
      return check;
    } catch (error) {
      this.note(name, 'down', { err: error });
      return { status: 'down', detail: 'does not work: the log says why' };
    } finally {
      clearTimeout(timer);
    }
  }

  /** Health is asked for every few seconds: the log has each change once. */
  private note(name: CheckName, status: Check['status'], what: object): void {
    const before = this.last.get(name) ?? 'up';
    this.last.set(name, status);
    if (before === status) return;
    if (status === 'up') this.logger.log({ msg: 'health: well again', part: name, ...what });
    else this.logger.warn({ msg: `health: ${status}`, part: name, ...what });
  }
}
