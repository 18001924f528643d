import type { SipEdge } from '../edge/sip-edge.js';
import {
  type DeviceAccount,
  type EngineHealth,
  type EngineListener,
  EngineUnavailable,
  type LegStatistics,
  type RecordingFiles,
  type RingDevice,
  type RingNumber,
  TelephonyEngine,
  type TurnAway,
} from '../port/engine.js';
import { EventHub } from '../port/event-hub.js';
import { LegNodes } from './leg-nodes.js';
import { onAllNodes, onAnyNode } from './on-nodes.js';

/**
 * Several machines as one engine. A process starts those that it owns; commands go to the node of the leg they are
 * about. Agents have their account at the edge; without one, and for guests, who dial themselves, on every node.
 */
export class EngineNodes extends TelephonyEngine {
  override readonly nodes: readonly string[];
  private readonly hub = new EventHub();
  private readonly legs = new LegNodes();
  private readonly started = new Set<string>();

  constructor(
    private readonly engines: ReadonlyMap<string, TelephonyEngine>,
    private readonly edge?: SipEdge,
  ) {
    super();
    this.nodes = [...engines.keys()];
    for (const [node, engine] of engines) {
      engine.onEvent((event) => {
        this.legs.follow(event, node);
        this.hub.tell(event, node);
      });
    }
  }

  async start(node?: string): Promise<void> {
    const names = node === undefined ? this.nodes : [node];
    for (const name of names) this.started.add(name);
    await Promise.all(names.map((name) => this.engine(name).start()));
  }

  async stop(node?: string): Promise<void> {
    for (const name of node === undefined ? [...this.started] : [node]) {
      await this.engine(name).stop();
      this.started.delete(name);
      this.legs.forget(name);
    }
  }

  /** Of the nodes that this process drives. */
  async health(): Promise<EngineHealth> {
    if (this.started.size === 0) return { up: true, detail: 'driven by other processes' };
    const all = await Promise.all(
      [...this.started].map(async (node) => ({ node, ...(await this.engine(node).health()) })),
    );
    const names = this.nodes.length > 1;
    return {
      up: all.every(({ up }) => up),
      detail: all.map(({ node, detail }) => (names ? `${node}: ${detail}` : detail)).join('; '),
    };
  }

  onEvent(listener: EngineListener): () => void {
    return this.hub.add(listener);
  }

  async provisionDevice(account: DeviceAccount): Promise<void> {
    if (this.edge && account.mayDial.length === 0) return this.edge.provision(account);
    await onAllNodes(this.engines.values(), (engine) => engine.provisionDevice(account));
  }

  async revokeDevice(deviceId: string): Promise<void> {
    await this.edge?.revoke(deviceId);
    await onAllNodes(this.engines.values(), (engine) => engine.revokeDevice(deviceId));
  }

  async deviceReachable(deviceId: string): Promise<boolean> {
    if (this.edge) return this.edge.reachable(deviceId);
    const answers = await onAllNodes(this.engines.values(), (engine) => engine.deviceReachable(deviceId));
    return answers.some(Boolean);
  }

  async shutOut(address: string): Promise<void> {
    await onAllNodes(this.engines.values(), (engine) => engine.shutOut(address));
  }

  async letIn(address: string): Promise<void> {
    await onAllNodes(this.engines.values(), (engine) => engine.letIn(address));
  }

  progress(legId: string): Promise<void> {
    return this.at(legId).progress(legId);
  }

  openLine(legId: string): Promise<void> {
    return this.at(legId).openLine(legId);
  }

  turnAway(legId: string, why: TurnAway): Promise<void> {
    return this.at(legId).turnAway(legId, why);
  }

  ringDevice(ring: RingDevice): Promise<void> {
    return this.placed(ring).ringDevice(ring);
  }

  ringNumber(ring: RingNumber): Promise<void> {
    return this.placed(ring).ringNumber(ring);
  }

  endLeg(legId: string): Promise<void> {
    return this.at(legId).endLeg(legId);
  }

  connect(roomId: string, legIds: readonly string[]): Promise<void> {
    return this.at(...legIds).connect(roomId, legIds);
  }

  wait(legId: string): Promise<void> {
    return this.at(legId).wait(legId);
  }

  /** Rooms are few and this process drives one or two nodes: asked of each, harmless where the room is not. */
  async closeRoom(roomId: string): Promise<void> {
    await onAllNodes(this.driven(), (engine) => engine.closeRoom(roomId));
  }

  listen(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.at(targetLegId).listen(listenerLegId, targetLegId);
  }

  whisper(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.at(targetLegId).whisper(listenerLegId, targetLegId);
  }

  stopListening(listenerLegId: string): Promise<void> {
    return this.at(listenerLegId).stopListening(listenerLegId);
  }

  legStatistics(legId: string): Promise<LegStatistics | undefined> {
    return this.at(legId).legStatistics(legId);
  }

  legCodec(legId: string): Promise<string | undefined> {
    return this.at(legId).legCodec(legId);
  }

  playPrompt(legId: string, promptId: string, sounds: string | readonly string[]): Promise<void> {
    return this.at(legId).playPrompt(legId, promptId, sounds);
  }

  async stopPrompt(promptId: string): Promise<void> {
    await onAllNodes(this.driven(), (engine) => engine.stopPrompt(promptId));
  }

  async hasSound(sound: string): Promise<boolean> {
    return (await onAllNodes(this.engines.values(), (engine) => engine.hasSound(sound))).every(Boolean);
  }

  async provideSound(sound: string, wav: Buffer): Promise<void> {
    await onAllNodes(this.engines.values(), (engine) => engine.provideSound(sound, wav));
  }

  async removeSound(sound: string): Promise<void> {
    await onAllNodes(this.engines.values(), (engine) => engine.removeSound(sound));
  }

  sendDigits(legId: string, digits: string): Promise<void> {
    return this.at(legId).sendDigits(legId, digits);
  }

  startRecording(legId: string, recordingId: string): Promise<void> {
    return this.at(legId).startRecording(legId, recordingId);
  }

  stopRecording(legId: string, recordingId: string): Promise<void> {
    return this.at(legId).stopRecording(legId, recordingId);
  }

  fetchRecording(recordingId: string): Promise<RecordingFiles> {
    return onAnyNode(this.engines.values(), (engine) => engine.fetchRecording(recordingId));
  }

  async deleteRecording(recordingId: string): Promise<void> {
    await onAllNodes(this.engines.values(), (engine) => engine.deleteRecording(recordingId));
  }

  private engine(node: string): TelephonyEngine {
    const engine = this.engines.get(node);
    if (!engine) throw new Error(`there is no node ${node}`);
    return engine;
  }

  private driven(): TelephonyEngine[] {
    return [...this.started].map((node) => this.engine(node));
  }

  /** The node of the first of these legs that is known. A leg that has gone is on none: any may say so. */
  private at(...legIds: string[]): TelephonyEngine {
    const node = legIds.map((legId) => this.legs.of(legId)).find((known) => known !== undefined);
    const engine = node === undefined ? this.driven()[0] : this.engine(node);
    if (!engine) throw new EngineUnavailable('this process drives no node');
    return engine;
  }

  private placed({ legId, onBehalfOf, node }: Pick<RingDevice, 'legId' | 'onBehalfOf' | 'node'>) {
    const at = this.legs.of(onBehalfOf) ?? node ?? [...this.started][0];
    if (at === undefined || !this.started.has(at)) throw new EngineUnavailable('this process drives no node');
    this.legs.put(legId, at);
    return this.engine(at);
  }
}
