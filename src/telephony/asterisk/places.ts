import type { Clock } from '../../kernel/clock.js';
import { Lanes } from '../../kernel/lanes.js';
import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { type AriBridge, ariBridgeSchema } from './ari-schema.js';
import { legGone } from './gone.js';
import { type ListeningPlace, newBridgeId, type Place, placeName, placeOf } from './place-names.js';
import type { Snoops } from './snoops.js';

/**
 * A room mixes, also for two (docs/adr/0008): of the attributes that a bridge can be made with, `video_sfu` alone sees to that.
 * There is no video here. An ear in a listening place passes on no packets of anybody's, so that one may stay simple.
 */
const types = { room: 'mixing,video_sfu', waiting: 'holding', listening: 'mixing' } as const;
const looks = 10;
const lookAgainMs = 100;

/**
 * Rooms where legs talk, places where one leg waits with music, and places where one listens to another, each a bridge
 * of Asterisk's. A bridge exists only while somebody is in it: the last one out removes it, so that nothing is left behind whatever order things end in.
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
    private readonly snoops: Snoops,
  ) {}

  /** Puts the legs into the room. Legs that have gone are passed over. */
  async connect(roomId: string, legIds: readonly string[]): Promise<void> {
    await this.enter({ kind: 'room', roomId }, legIds);
  }

  /** Lets the leg wait with music. */
  async wait(legId: string): Promise<void> {
    await this.enter({ kind: 'waiting', legId }, [legId]);
  }

  /** Lets a leg listen to another. Passed over when either has gone. */
  async listen(place: ListeningPlace): Promise<void> {
    await this.enter(place, [place.legId]);
  }

  /** The leg listens no more and stays in silence. */
  async stopListening(legId: string): Promise<void> {
    const where = this.whereabouts.get(legId);
    if (where && placeOf(where.name)?.kind === 'listening') await this.removeListening(legId, where);
  }

  /** The ear of a listener ended; true when that leg is there and does not listen in another way by now. */
  async earEnded(bridgeId: string, place: ListeningPlace): Promise<boolean> {
    const now = this.whereabouts.get(place.legId);
    const listensOn = now && now.bridgeId !== bridgeId && placeOf(now.name)?.kind === 'listening';
    await this.removeListening(place.legId, { name: placeName(place), bridgeId });
    return this.isLive(place.legId) && !listensOn;
  }

  /** Removes the room; legs in it stay in silence. */
  async close(roomId: string): Promise<void> {
    const name = placeName({ kind: 'room', roomId });
    await this.lanes.run(name, async () => {
      const bridgeId = this.bridges.get(name);
      if (bridgeId) await this.remove(name, bridgeId);
    });
  }

  /** The other legs of the room that a leg is in. */
  companions(legId: string): string[] {
    const name = this.whereabouts.get(legId)?.name;
    if (name === undefined || placeOf(name)?.kind !== 'room') return [];
    return [...this.whereabouts].flatMap(([other, where]) =>
      other !== legId && where.name === name ? [other] : [],
    );
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
      const place = placeOf(bridge.name);
      for (const legId of bridge.channels)
        if (place?.kind !== 'listening' || place.legId === legId) await this.entered(bridge, legId);
      if (!place) continue;
      const deaf = place.kind === 'listening' && !this.snoops.has(bridge.id);
      if (isInUse(bridge) && !deaf) this.bridges.set(bridge.name, bridge.id);
      else await this.remove(bridge.name, bridge.id);
    }
  }

  private async enter(place: Place, legIds: readonly string[]): Promise<void> {
    const name = placeName(place);
    const bridgeId = await this.lanes.run(name, async () => {
      const bridgeId = this.bridges.get(name) ?? (await this.make(place, name));
      if (!bridgeId) return undefined;
      const path = `bridges/${bridgeId}/addChannel`;
      const answers = await Promise.all(
        legIds.map((channel) => this.ari.command({ method: 'POST', path, query: { channel } }, legGone)),
      );
      // A leg that had gone never leaves, so nobody else would clear up after it.
      if (answers.some(({ status }) => status >= 300)) await this.removeWhenEmpty(name, bridgeId);
      return bridgeId;
    });
    if (!bridgeId) return;
    for (const legId of legIds) await this.entered({ id: bridgeId, name }, legId);
    // One that ended while it was being moved was reported before we knew where it went.
    for (const legId of legIds) if (!this.isLive(legId)) await this.ended(legId);
  }

  /** Undefined when there is nothing to listen to. */
  private async make(place: Place, name: string): Promise<string | undefined> {
    const bridgeId = newBridgeId();
    const query = { type: types[place.kind], name };
    await this.ari.command({ method: 'POST', path: ariPath('bridges', bridgeId), query });
    this.bridges.set(name, bridgeId);
    if (place.kind === 'waiting') await this.ari.command({ method: 'POST', path: `bridges/${bridgeId}/moh` });
    if (place.kind === 'listening' && !(await this.snoops.attach(place, bridgeId))) {
      await this.remove(name, bridgeId);
      return undefined;
    }
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
    await this.snoops.detach(bridgeId);
    // 409: it is being destroyed already, and for a moment belongs to nobody.
    await this.ari.command({ method: 'DELETE', path: `bridges/${bridgeId}` }, [404, 409]);
  }

  private async removeListening(legId: string, where: { name: string; bridgeId: string }): Promise<void> {
    await this.lanes.run(where.name, () => this.remove(where.name, where.bridgeId));
    if (this.whereabouts.get(legId)?.bridgeId === where.bridgeId) this.whereabouts.delete(legId);
  }

  private forget(name: string, bridgeId: string): void {
    if (this.bridges.get(name) === bridgeId) this.bridges.delete(name);
  }
}

/** Whether anybody is in a bridge of ours. Music and ears are channels too, which may be listed. */
function isInUse(bridge: AriBridge): boolean {
  const place = placeOf(bridge.name);
  if (place === undefined || place.kind === 'room') return bridge.channels.length > 0;
  return bridge.channels.includes(place.legId);
}
