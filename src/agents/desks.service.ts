import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { may } from '../kernel/actor.js';
import { Beat } from '../kernel/beat.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';
import type { Connection } from '../platform/realtime/connection.js';
import { Realtime } from '../platform/realtime/realtime.js';
import { RedisConnections } from '../platform/redis/redis-connections.js';
import { RedisScript } from '../platform/redis/redis-script.js';
import { PresenceService } from './presence.service.js';

/** An open tab of an agent. */
export interface Tab {
  agentId: string;
  sessionId: string;
  socketId: string;
}

/** A tab whose process has not vouched for it this long is gone, and so is the process. */
export const tabLeaseMs = 10_000;
const vouchEveryMs = 3_000;
const sweepEveryMs = 1_000;
/** No tab for this long: the agent has gone. */
export const awayAfterMs = 30_000;

const tabsKey = 'agents:tabs';
const awayKey = 'agents:away';
const tabsOf = (agentId: string) => `agents:tabs:${agentId}`;

/** Takes a tab away once; notes since when the agent has none. Returns whether it was there and how many are left. */
const goneScript = new RedisScript(
  `
local there = redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('SREM', KEYS[2], ARGV[1])
local open = redis.call('SCARD', KEYS[2])
if there == 1 and open == 0 then redis.call('ZADD', KEYS[3], 'NX', ARGV[2], ARGV[3]) end
return {there, open}`,
  z.tuple([z.number(), z.number()]).transform(([there, open]) => ({ there: there === 1, open })),
);

/** `sessionId`: the session that was closed; undefined: whichever it is, they have no desk any more. */
type SignedOutListener = (agentId: string, sessionId: string | undefined) => Promise<void>;

/**
 * Which agents are at their desks: their open tabs over all server processes. Each process vouches for its own; the tabs
 * of one that died run out.
 */
@Injectable()
export class DesksService implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(DesksService.name);
  private readonly mine = new Map<string, Tab>();
  private readonly goneListeners = new Set<(tab: Tab) => Promise<void>>();
  private readonly awayListeners = new Set<(agentId: string) => Promise<void>>();
  private readonly signedOutListeners = new Set<SignedOutListener>();
  private readonly vouching: Beat;
  private readonly sweeping: Beat;
  /** Before this time nobody counts as away: after a restart the tabs need a moment to come back. */
  private readonly patientUntil: number;

  constructor(
    private readonly redis: RedisConnections,
    private readonly presence: PresenceService,
    private readonly realtime: Realtime,
    private readonly announcements: Announcements,
    private readonly clock: Clock,
  ) {
    this.patientUntil = clock.now() + tabLeaseMs;
    const failed = (error: unknown) =>
      this.logger.warn({ msg: 'desks could not be looked after', err: error });
    this.vouching = new Beat(clock, vouchEveryMs, () => this.vouch(), failed);
    this.sweeping = new Beat(clock, sweepEveryMs, () => this.sweep(), failed);
  }

  onModuleInit(): void {
    this.realtime.onConnected((connection) => this.opened(connection));
    this.realtime.onDisconnected(({ socketId }) => this.closed(socketId));
    this.announcements.on('session.closed', ({ sessionId, personId }) => this.signedOut(personId, sessionId));
    this.announcements.on('rights.changed', ({ personId, standing }) => {
      if (standing && !may(standing, 'presence.own')) return this.signedOut(personId);
    });
    this.vouching.start();
    this.sweeping.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.vouching.stop();
    await this.sweeping.stop();
  }

  /** Called when a tab of an agent is gone, once over all processes. */
  onGone(listener: (tab: Tab) => Promise<void>): void {
    this.goneListeners.add(listener);
  }

  /** Called when a session of somebody was closed or no desk is theirs any more, before the tabs count as gone. */
  onSignedOut(listener: SignedOutListener): void {
    this.signedOutListeners.add(listener);
  }

  /** Called when an agent has left: signed out, or without a tab for long. */
  onAway(listener: (agentId: string) => Promise<void>): void {
    this.awayListeners.add(listener);
  }

  private async opened({ actor, socketId }: Connection): Promise<void> {
    if (!may(actor, 'presence.own')) return;
    const tab = { agentId: actor.personId, sessionId: actor.sessionId, socketId };
    this.mine.set(socketId, tab);
    await this.lease([tab]);
    await this.presence.signedIn(tab.agentId);
  }

  private async closed(socketId: string): Promise<void> {
    const tab = this.mine.get(socketId);
    if (!tab) return;
    this.mine.delete(socketId);
    await this.gone(tab);
  }

  private async gone(tab: Tab): Promise<void> {
    const member = memberOf(tab);
    const { there } = await this.redis.run(
      goneScript,
      [tabsKey, tabsOf(tab.agentId), awayKey],
      [member, this.clock.now(), tab.agentId],
    );
    if (there) for (const listener of this.goneListeners) await listener(tab);
  }

  /** The session's tabs are closed by the gateway; here they count as gone at once. Without a session: all that they have. */
  private async signedOut(agentId: string, sessionId?: string): Promise<void> {
    for (const listener of this.signedOutListeners) await listener(agentId, sessionId);
    const tabs = (await this.redis.shared.smembers(tabsOf(agentId))).map(tabOf);
    for (const tab of tabs.filter(
      (candidate) => sessionId === undefined || candidate.sessionId === sessionId,
    )) {
      this.mine.delete(tab.socketId);
      await this.gone(tab);
    }
    if ((await this.redis.shared.scard(tabsOf(agentId))) === 0) await this.leave(agentId);
  }

  /** Also mends: an agent whose tab is here is not offline, whatever was lost elsewhere. */
  private async vouch(): Promise<void> {
    const tabs = [...this.mine.values()];
    if (tabs.length === 0) return;
    await this.lease(tabs);
    for (const agentId of new Set(tabs.map((tab) => tab.agentId))) await this.presence.signedIn(agentId);
  }

  private async lease(tabs: readonly Tab[]): Promise<void> {
    const until = this.clock.now() + tabLeaseMs;
    const step = this.redis.shared.multi();
    for (const tab of tabs) {
      step.zadd(tabsKey, until, memberOf(tab));
      step.sadd(tabsOf(tab.agentId), memberOf(tab));
      step.zrem(awayKey, tab.agentId);
    }
    await step.exec();
  }

  private async sweep(): Promise<void> {
    const now = this.clock.now();
    const lapsed = await this.redis.shared.zrangebyscore(tabsKey, '-inf', now);
    for (const tab of lapsed.map(tabOf)) {
      // Ours are there, however late we are to vouch for them (a machine that slept).
      if (!this.mine.has(tab.socketId)) await this.gone(tab);
    }
    if (now < this.patientUntil) return;
    const away = await this.redis.shared.zrangebyscore(awayKey, '-inf', now - awayAfterMs);
    for (const agentId of away) await this.leave(agentId);
  }

  /** An agent whom a call holds stays until the call has let go; the sweep asks again. */
  private async leave(agentId: string): Promise<void> {
    if (!(await this.presence.left(agentId))) return;
    await this.redis.shared.zrem(awayKey, agentId);
    for (const listener of this.awayListeners) await listener(agentId);
  }
}

const memberOf = ({ agentId, sessionId, socketId }: Tab): string => `${agentId}|${sessionId}|${socketId}`;

function tabOf(member: string): Tab {
  const [agentId = '', sessionId = '', socketId = ''] = member.split('|');
  return { agentId, sessionId, socketId };
}
