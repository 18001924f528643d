import { Lanes } from '../../kernel/lanes.js';
import { type AriClient, ariPath } from './ari-client.js';
import { type AriBridge, ariBridgeSchema } from './ari-schema.js';
import { legGone } from './gone.js';
import { newBridgeId, type Place, placeName, placeOf } from './place-names.js';

/**
 * Rooms where legs talk and places where one leg waits with music, each a bridge of Asterisk's. A bridge exists only
 * while somebody is in it: the last one out removes it, so that nothing is left behind whatever order things end in.
 */
export class Places {
  /** Bridge id by place name. */
  private readonly bridges = new Map<string, string>();
  /** Making, filling and removing one bridge happen one after the other. */
  private readonly lanes = new Lanes();

  constructor(private readonly ari: AriClient) {}

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

  /** Somebody left a bridge: it goes when it is empty. */
  async left(bridge: AriBridge): Promise<void> {
    if (bridge.channels.length > 0 || !placeOf(bridge.name)) return;
    await this.lanes.run(bridge.name, () => this.removeWhenEmpty(bridge.name, bridge.id));
  }

  /** Takes over the bridges that exist, after a reconnect; removes those of ours that are empty. */
  async adopt(bridges: readonly AriBridge[]): Promise<void> {
    this.bridges.clear();
    for (const bridge of bridges) {
      if (!placeOf(bridge.name)) continue;
      if (bridge.channels.length > 0) this.bridges.set(bridge.name, bridge.id);
      else await this.remove(bridge.name, bridge.id);
    }
  }

  private enter(place: Place, legIds: readonly string[]): Promise<void> {
    const name = placeName(place);
    return this.lanes.run(name, async () => {
      const bridgeId = this.bridges.get(name) ?? (await this.make(place, name));
      const path = `bridges/${bridgeId}/addChannel`;
      const answers = await Promise.all(
        legIds.map((channel) => this.ari.command({ method: 'POST', path, query: { channel } }, legGone)),
      );
      // A leg that had gone never leaves, so nobody else would clear up after it.
      if (answers.some(({ status }) => status >= 300)) await this.removeWhenEmpty(name, bridgeId);
    });
  }

  private async make(place: Place, name: string): Promise<string> {
    const bridgeId = newBridgeId();
    const type = place.kind === 'room' ? 'mixing' : 'holding';
    await this.ari.command({ method: 'POST', path: ariPath('bridges', bridgeId), query: { type, name } });
    this.bridges.set(name, bridgeId);
    if (place.kind === 'waiting') await this.ari.command({ method: 'POST', path: `bridges/${bridgeId}/moh` });
    return bridgeId;
  }

  private async removeWhenEmpty(name: string, bridgeId: string): Promise<void> {
    const bridge = await this.ari.get(`bridges/${bridgeId}`, ariBridgeSchema);
    if (!bridge) this.forget(name, bridgeId);
    else if (bridge.channels.length === 0) await this.remove(name, bridgeId);
  }

  private async remove(name: string, bridgeId: string): Promise<void> {
    this.forget(name, bridgeId);
    await this.ari.command({ method: 'DELETE', path: `bridges/${bridgeId}` }, [404]);
  }

  private forget(name: string, bridgeId: string): void {
    if (this.bridges.get(name) === bridgeId) this.bridges.delete(name);
  }
}
