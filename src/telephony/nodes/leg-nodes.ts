import type { EngineEvent } from '../port/engine-event.js';

/** Which node each leg is on, from what the nodes tell and from what was asked of them. */
export class LegNodes {
  private readonly nodes = new Map<string, string>();

  of(legId: string | undefined): string | undefined {
    return legId === undefined ? undefined : this.nodes.get(legId);
  }

  put(legId: string, node: string): void {
    this.nodes.set(legId, node);
  }

  /** Takes an event in, before it is told on. */
  follow(event: EngineEvent, node: string): void {
    if (event.kind === 'leg.arrived') this.put(event.legId, node);
    if (event.kind === 'leg.ended' || event.kind === 'leg.refused') this.nodes.delete(event.legId);
    if (event.kind !== 'engine.connected') return;
    this.forget(node);
    for (const { legId } of event.legs) this.put(legId, node);
  }

  /** Nothing of the node is known any more. */
  forget(node: string): void {
    for (const [legId, at] of this.nodes) if (at === node) this.nodes.delete(legId);
  }
}
