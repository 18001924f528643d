import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import type { AriBridge, AriChannel } from './ari-schema.js';
import { legGone } from './gone.js';
import { type ListeningPlace, placeOf } from './place-names.js';

const startsWithinMs = 5_000;
/** What Asterisk answers while the target is still listed but hangs up already: no ear can be put on it any more. */
const hangingUp = 500;

/** True for the channels by which one leg listens to another: they are none of the port's legs. */
export function isSnoop(channel: AriChannel): boolean {
  return channel.name.startsWith('Snoop/');
}

/**
 * The ears of those who listen: channels of Asterisk's that carry what a leg says and hears, and whisper to it. Each
 * sits with its listener in a bridge; Asterisk ends it with the leg that it listens to.
 */
export class Snoops {
  private readonly log = new Logger(Snoops.name);
  /** The ear's channel by the bridge where its listener is. */
  private readonly byBridge = new Map<string, { snoopId: string; place: ListeningPlace }>();
  private readonly starting = new Map<string, () => void>();

  constructor(
    private readonly ari: AriClient,
    private readonly clock: Clock,
    private readonly app: string,
  ) {}

  /** Puts an ear on the target into the bridge; false when the target has gone. */
  async attach(place: ListeningPlace, bridgeId: string): Promise<boolean> {
    const snoopId = `ear-${randomUUID()}`;
    const started = this.startOf(snoopId);
    this.byBridge.set(bridgeId, { snoopId, place });
    const query = { app: this.app, spy: 'both', whisper: place.mode === 'whisper' ? 'out' : 'none' };
    const path = ariPath('channels', place.targetLegId, 'snoop', snoopId);
    const made = await this.ari.command({ method: 'POST', path, query }, [...legGone, hangingUp]);
    if (made.status === hangingUp)
      this.log.warn(`no ear on ${place.targetLegId}: ${JSON.stringify(made.body)}`);
    // Until it is in our application it cannot be put anywhere.
    const there = made.status < 300 && (await started);
    this.starting.delete(snoopId);
    if (there) {
      const add = {
        method: 'POST',
        path: `bridges/${bridgeId}/addChannel`,
        query: { channel: snoopId },
      } as const;
      if ((await this.ari.command(add, legGone)).status < 300) return true;
    }
    await this.detach(bridgeId);
    this.byBridge.delete(bridgeId);
    return false;
  }

  /** Ends the ear in the bridge, if there is one. */
  async detach(bridgeId: string): Promise<void> {
    const snoopId = this.byBridge.get(bridgeId)?.snoopId;
    if (snoopId) await this.end(snoopId);
  }

  /** Asterisk told that an ear is in our application. */
  started(snoopId: string): void {
    this.starting.get(snoopId)?.();
  }

  /** Asterisk told that an ear is gone; what it was there for, when it was in use. */
  ended(snoopId: string): { bridgeId: string; place: ListeningPlace } | undefined {
    for (const [bridgeId, one] of this.byBridge) {
      if (one.snoopId !== snoopId || this.starting.has(snoopId)) continue;
      this.byBridge.delete(bridgeId);
      return { bridgeId, place: one.place };
    }
    return undefined;
  }

  /** Takes over the ears that exist, after a reconnect, and ends those that nobody uses. */
  async adopt(bridges: readonly AriBridge[], snoopIds: readonly string[]): Promise<void> {
    this.byBridge.clear();
    for (const bridge of bridges) {
      const place = placeOf(bridge.name);
      const snoopId = bridge.channels.find((id) => snoopIds.includes(id));
      if (place?.kind === 'listening' && snoopId && bridge.channels.includes(place.legId))
        this.byBridge.set(bridge.id, { snoopId, place });
    }
    const used = new Set([...this.byBridge.values()].map(({ snoopId }) => snoopId));
    for (const snoopId of snoopIds) if (!used.has(snoopId)) await this.end(snoopId);
  }

  /** Whether there is an ear in the bridge. */
  has(bridgeId: string): boolean {
    return this.byBridge.has(bridgeId);
  }

  private async end(snoopId: string): Promise<void> {
    await this.ari.command({ method: 'DELETE', path: ariPath('channels', snoopId) }, legGone);
  }

  private startOf(snoopId: string): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.clock.at(this.clock.now() + startsWithinMs, () => resolve(false));
      this.starting.set(snoopId, () => {
        cancel();
        resolve(true);
      });
    });
  }
}
