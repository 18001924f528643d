import type { Clock } from '../../kernel/clock.js';
import { Lanes } from '../../kernel/lanes.js';
import { type AriClient, ariPath } from './ari-client.js';
import { type AriBridge, ariBridgeSchema } from './ari-schema.js';
import { legGone } from './gone.js';
import { newBridgeId, type Place, placeName, placeOf } from './place-names.js';

const looks = 10;
const lookAgainMs = 100;

/**
 * Rooms where legs talk and places where one leg waits with music, each a bridge of Asterisk's. A bridge exists only
 * while somebody is in it: the last one out removes it, so that nothing is left behind whatever order things end in.
 */
export class Places {
  /** Bridge id by place name. */
  private readonly bridges = new Map<string, string>();
  /** The bridge that each leg was last seen to enter. */
  private readonly whereabouts = new Map<string, { name: string; bridgeId: string }>();
  /** Making, filling and removing one bridge happen one after the other. */
  private readonly lanes = new Lanes();

  constructor(
    private readonly ari: AriClient,
    private readonly clock: Clock,
    private readonly isLive: (legId: string) => boolean,
  ) {}

  /** Puts the legs into the room. Legs that have gone are passed over. */
  async connect(roomId: string, legIds: readonly string[]): Promise<void> {
    await this.enter({ kind: 'room', roomId }, legIds);
  }

  /** Lets the leg wait with music. */
  async wait(legId: string): Promise<void> {
    await this.enter({ kind: 'waiting', legId }, [legId]);
  }

  /** Removes the room; legs in it stay in silence. */
  async close(roomId: string): Promise<void> {
    const name = placeName({ kind: 'room', roomId });
    await this.lanes.run(name, async () => {
      const bridgeId = this.bridges.get(name);
      if (bridgeId) await this.remove(name, bridgeId);
    });
  }

  /** A leg is in a bridge, and so no longer where it was: Asterisk does not always tell that it left. */
  async entered(bridge: { id: string; name: string }, legId: string): Promise<void> {
    const before = this.whereabouts.get(legId);
    if (placeOf(bridge.name)) this.whereabouts.set(legId, { name: bridge.name, bridgeId: bridge.id });
    if (before && before.bridgeId !== bridge.id) await this.clearUp(before.name, before.bridgeId, legId);
  }

  /** A leg left a bridge: it goes when nobody is in it any more. */
  async left(bridge: AriBridge, legId: string): Promise<void> {
    if (this.whereabouts.get(legId)?.bridgeId === bridge.id) this.whereabouts.delete(legId);
    // The event may still list the leg that it tells has left.
    const others = bridge.channels.filter((other) => other !== legId);
    if (placeOf(bridge.name) && !isInUse({ ...bridge, channels: others }))
      await this.clearUp(bridge.name, bridge.id, legId);
  }

  /** A leg ended. Asterisk may keep from us that it left its bridge: our subscription ends with the leg. */
  async ended(legId: string): Promise<void> {
    const where = this.whereabouts.get(legId);
    this.whereabouts.delete(legId);
    if (where) await this.clearUp(where.name, where.bridgeId, legId);
  }

  /**
   * Removes the bridge when it is empty. Asterisk may go on listing a leg that is out already, so it is looked at
   * again while it does, unless the leg has come back.
   */
  private async clearUp(name: string, bridgeId: string, legId: string): Promise<void> {
    for (let look = 1; look <= looks; look++) {
      const bridge = await this.lanes.run(name, () => this.removeWhenEmpty(name, bridgeId));
      if (!bridge?.channels.includes(legId) || this.whereabouts.get(legId)?.bridgeId === bridgeId) return;
      await new Promise<void>((resolve) => this.clock.at(this.clock.now() + lookAgainMs, resolve));
    }
    throw new Error(`${legId} is out of ${name} but still listed there`);
  }

  /** Takes over the bridges that exist, after a reconnect; removes those of ours that are empty. */
  async adopt(bridges: readonly AriBridge[]): Promise<void> {
    this.bridges.clear();
    this.whereabouts.clear();
    for (const bridge of bridges) {
      for (const legId of bridge.channels) await this.entered(bridge, legId);
      if (!placeOf(bridge.name)) continue;
      if (isInUse(bridge)) this.bridges.set(bridge.name, bridge.id);
      else await this.remove(bridge.name, bridge.id);
    }
  }

  private async enter(place: Place, legIds: readonly string[]): Promise<void> {
    const name = placeName(place);
    const bridgeId = await this.lanes.run(name, async () => {
      const bridgeId = this.bridges.get(name) ?? (await this.make(place, name));
      const path = `bridges/${bridgeId}/addChannel`;
      const answers = await Promise.all(
        legIds.map((channel) => this.ari.command({ method: 'POST', path, query: { channel } }, legGone)),
      );
      // A leg that had gone never leaves, so nobody else would clear up after it.
      if (answers.some(({ status }) => status >= 300)) await this.removeWhenEmpty(name, bridgeId);
      return bridgeId;
    });
    for (const legId of legIds) await this.entered({ id: bridgeId, name }, legId);
    // One that ended while it was being moved was reported before we knew where it went.
    for (const legId of legIds) if (!this.isLive(legId)) await this.ended(legId);
  }

  private async make(place: Place, name: string): Promise<string> {
    const bridgeId = newBridgeId();
    const type = place.kind === 'room' ? 'mixing' : 'holding';
    await this.ari.command({ method: 'POST', path: ariPath('bridges', bridgeId), query: { type, name } });
    this.bridges.set(name, bridgeId);
    if (place.kind === 'waiting') await this.ari.command({ method: 'POST', path: `bridges/${bridgeId}/moh` });
    return bridgeId;
  }

  private async removeWhenEmpty(name: string, bridgeId: string): Promise<AriBridge | undefined> {
    const bridge = await this.ari.get(`bridges/${bridgeId}`, ariBridgeSchema);
    if (!bridge) this.forget(name, bridgeId);
    else if (!isInUse(bridge)) await this.remove(name, bridgeId);
    return bridge;
  }

  private async remove(name: string, bridgeId: string): Promise<void> {
    this.forget(name, bridgeId);
    // 409: it is being destroyed already, and for a moment belongs to nobody.
    await this.ari.command({ method: 'DELETE', path: `bridges/${bridgeId}` }, [404, 409]);
  }

  private forget(name: string, bridgeId: string): void {
    if (this.bridges.get(name) === bridgeId) this.bridges.delete(name);
  }
}

/** Whether anybody is in a bridge of ours. The music of a waiting place is a channel too, which may be listed. */
function isInUse(bridge: AriBridge): boolean {
  const place = placeOf(bridge.name);
  return place?.kind === 'waiting' ? bridge.channels.includes(place.legId) : bridge.channels.length > 0;
}
