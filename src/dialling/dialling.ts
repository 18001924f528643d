import { Injectable, type OnModuleInit } from '@nestjs/common';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import {
  type CheckedNumber,
  type DiallingChange,
  type DiallingRules,
  type DiallingVersion,
  diallingRulesSchema,
} from '../contracts/dialling.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { maskedNumber } from '../kernel/masking.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { defaultRules } from './default-rules.js';
import { type DiallingRow, diallingEntity } from './dialling.entity.js';
import { isDenied, leadsBack, mayDial } from './domain/may-dial.js';
import { type Dialled, normalise } from './domain/normalise.js';

const hourSeconds = 3_600;

/** The numbers that people of the house may dial: the one gate between what was typed and the trunk. */
@Injectable()
export class Dialling implements OnModuleInit {
  constructor(
    private readonly source: DataSource,
    private readonly redis: RedisConnections,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.source
      .createQueryBuilder()
      .insert()
      .into(diallingEntity)
      .values(this.row(1, 'system', diallingRulesSchema.parse(defaultRules)))
      .orIgnore()
      .execute();
  }

  /** The rules in force. */
  async current(): Promise<DiallingVersion> {
    const [row] = await this.source
      .getRepository(diallingEntity)
      .find({ order: { version: 'desc' }, take: 1 });
    if (!row) throw new Error('no dialling rules were seeded');
    return { ...row, createdAt: row.createdAt.toISOString() };
  }

  /** Adds a version of the rules, for calls from now on. */
  async change(actor: Actor, { basedOn, rules }: DiallingChange): Promise<DiallingVersion | Refusal> {
    const denied = denyUnless(actor, 'dialling.write');
    if (denied) return denied;
    return this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.diallingRules]);
      const current = await this.current();
      if (current.version !== basedOn) {
        return refuse('policy.changed-meanwhile', { basedOn, current: current.version });
      }
      const row = this.row(basedOn + 1, actor.login, rules);
      await db.insert(diallingEntity, row);
      await this.audit.write(actor, 'dialling.changed', `dialling:${row.version}`, {}, db);
      return { ...row, createdAt: row.createdAt.toISOString() };
    });
  }

  /** What would become of a typed number, for this person; nothing is counted or dialled. */
  async check(actor: Actor, typed: string): Promise<CheckedNumber | Refusal> {
    const denied = denyUnless(actor, 'dialling.read');
    if (denied) return denied;
    const { rules } = await this.current();
    const dialled = normalise(typed, rules.areaCode);
    if (!dialled) return refuse('dial.not-a-number', { typed });
    return { ...dialled, allowed: mayDial(rules, actor.role, dialled) && !this.leadsBack(rules, dialled) };
  }

  /**
   * The number to dial for what the person typed, when their role may dial it and they have not dialled too often.
   * Refused attempts are audited: they are how toll fraud begins.
   */
  async resolve(actor: Actor, typed: string): Promise<Dialled | Refusal> {
    const denied = denyUnless(actor, 'call.dial');
    if (denied) return denied;
    const { rules } = await this.current();
    const dialled = normalise(typed, rules.areaCode);
    if (!dialled) return refuse('dial.not-a-number', { typed });
    if (!mayDial(rules, actor.role, dialled)) {
      const { destination, number } = dialled;
      await this.audit.write(actor, 'dialling.refused', `number:${maskedNumber(number)}`, { destination });
      return refuse('dial.not-allowed', { destination });
    }
    if (this.leadsBack(rules, dialled)) return refuse('dial.own-number', { number: dialled.number });
    // Help must never wait for a counter.
    const tooMany = dialled.destination === 'emergency' ? undefined : await this.take(actor, rules);
    return tooMany ?? dialled;
  }

  /** As `resolve`, for a number of the phone book, which the supervisor allowed by writing it there. */
  async resolveEntry(actor: Actor, number: string): Promise<Dialled | Refusal> {
    const denied = denyUnless(actor, 'call.dial');
    if (denied) return denied;
    const { rules } = await this.current();
    const dialled = normalise(number, rules.areaCode);
    if (!dialled) return refuse('dial.not-a-number', { typed: number });
    if (isDenied(rules, dialled.number)) {
      return refuse('dial.not-allowed', { destination: dialled.destination });
    }
    if (this.leadsBack(rules, dialled)) return refuse('dial.own-number', { number: dialled.number });
    return (await this.take(actor, rules)) ?? dialled;
  }

  /** The number is the house's own: calling it would only come in again, and hold two lines for nothing. */
  leadsBack({ areaCode, callerNumber }: DiallingRules, { number }: Dialled): boolean {
    return leadsBack(number, [this.config.serviceNumber, callerNumber], areaCode);
  }

  /** How the house shows itself to whom it calls. */
  async caller(): Promise<{ callerNumber: string; callerName: string }> {
    const { callerNumber, callerName } = (await this.current()).rules;
    return { callerNumber, callerName };
  }

  private async take(actor: Actor, { perAgentPerHour: points }: DiallingRules): Promise<Refusal | undefined> {
    const limiter = new RateLimiterRedis({
      storeClient: this.redis.shared,
      keyPrefix: 'dialling',
      points,
      duration: hourSeconds,
    });
    try {
      await limiter.consume(actor.personId);
      return undefined;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      await this.audit.write(actor, 'dialling.refused', `person:${actor.personId}`, { why: 'too-many' });
      return refuse('dial.too-many', { retryAfterSeconds: Math.ceil(error.msBeforeNext / 1_000) });
    }
  }

  private row(version: number, createdBy: string, rules: DiallingRules): DiallingRow {
    return { version, createdAt: new Date(this.clock.now()), createdBy, rules };
  }
}
