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
import type { EngineEvent, ListeningMode } from '../port/engine-event.js';
import { EventHub } from '../port/event-hub.js';
import type { SimulatedExchange } from './simulated-exchange.js';
import { existing, type SimulatedLeg, type SimulatedPlace } from './simulated-leg.js';
import { finishPrompt, hasSound, playPrompt } from './simulated-prompts.js';
import { recordedFiles, startRecording, stopRecording, tellFinished } from './simulated-recordings.js';
import { ringDevice, ringNumber } from './simulated-ringing.js';
import { statisticsOf } from './simulated-statistics.js';
import { followVoice } from './simulated-voice.js';

const turnAwayStatus: Readonly<Record<TurnAway, number>> = {
  'unknown-number': 404,
  forbidden: 403,
  'no-audio': 488,
  busy: 486,
};

/** A telephony engine in memory, for tests of everything above the port. It passes the contract suite of the real one. */
export class SimulatedEngine extends TelephonyEngine {
  private readonly hub = new EventHub();
  private connected = false;

  constructor(readonly exchange: SimulatedExchange) {
    super();
  }

  async start(): Promise<void> {
    this.connected = true;
    this.exchange.link = (event) => this.hub.tell(event);
    const live = [...this.exchange.legs.values()].filter((leg) => leg.state !== 'ended');
    const isOutside = ({ legId }: SimulatedLeg) => this.exchange.outsideLegs.has(legId);
    const legs = live.filter((leg) => !isOutside(leg)).map(existing);
    const outside = live.filter(isOutside).map(({ legId }) => legId);
    this.hub.tell({ kind: 'engine.connected', at: this.now(), since: this.exchange.since, legs, outside });
    this.exchange.letIn();
    tellFinished(this.exchange);
  }

  async stop(): Promise<void> {
    if (!this.connected) return;
    this.connected = false;
    this.exchange.link = undefined;
    this.hub.tell({ kind: 'engine.lost', at: this.exchange.clock.now() });
  }

  async health(): Promise<EngineHealth> {
    return { up: this.connected, detail: this.connected ? 'simulated' : 'simulated: not connected' };
  }

  onEvent(listener: EngineListener): () => void {
    return this.hub.add(listener);
  }

  async provisionDevice(account: DeviceAccount): Promise<void> {
    await this.taken();
    this.exchange.accounts.set(account.deviceId, account);
  }

  async revokeDevice(deviceId: string): Promise<void> {
    await this.taken();
    this.exchange.accounts.delete(deviceId);
    this.exchange.registered.delete(deviceId);
  }

  async deviceReachable(deviceId: string): Promise<boolean> {
    await this.taken();
    return this.exchange.registered.has(deviceId);
  }

  async shutOut(address: string): Promise<void> {
    await this.taken();
    this.exchange.gate.shut(address);
  }

  async letIn(address: string): Promise<void> {
    await this.taken();
    this.exchange.gate.open(address);
  }

  async progress(legId: string): Promise<void> {
    const leg = await this.find(legId);
    if (leg?.state !== 'calling') return;
    leg.state = 'ringing';
    leg.status = 180;
  }

  async openLine(legId: string): Promise<void> {
    const leg = await this.find(legId);
    if (leg?.origin !== 'arrived' || leg.state === 'up') return;
    leg.state = 'up';
    leg.upSince = this.now();
    leg.status = 200;
    this.tell({ kind: 'leg.answered', at: this.now(), legId });
    followVoice(this.exchange, leg);
  }

  async turnAway(legId: string, why: TurnAway): Promise<void> {
    if (await this.find(legId)) this.exchange.end(legId, 'local', turnAwayStatus[why]);
  }

  async ringDevice(ring: RingDevice): Promise<void> {
    await this.taken();
    ringDevice(this.exchange, ring);
  }

  async ringNumber(ring: RingNumber): Promise<void> {
    await this.taken();
    ringNumber(this.exchange, ring);
  }

  async endLeg(legId: string): Promise<void> {
    const leg = await this.find(legId);
    if (!leg) return;
    this.exchange.end(legId, 'local', leg.state === 'up' ? leg.status : leg.origin === 'rung' ? 487 : 603);
  }

  async connect(roomId: string, legIds: readonly string[]): Promise<void> {
    await this.taken();
    for (const legId of legIds) {
      if (!this.move(legId, { kind: 'room', roomId })) continue;
      this.tell({ kind: 'leg.connected', at: this.now(), legId, roomId });
    }
  }

  async wait(legId: string): Promise<void> {
    await this.taken();
    if (this.move(legId, { kind: 'waiting' })) this.tell({ kind: 'leg.waiting', at: this.now(), legId });
  }

  async closeRoom(roomId: string): Promise<void> {
    await this.taken();
    for (const { legId, place } of this.exchange.legs.values())
      if (place.kind === 'room' && place.roomId === roomId) this.move(legId, { kind: 'alone' });
  }

  listen(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.hear(listenerLegId, targetLegId, 'listen');
  }

  whisper(listenerLegId: string, targetLegId: string): Promise<void> {
    return this.hear(listenerLegId, targetLegId, 'whisper');
  }

  async stopListening(listenerLegId: string): Promise<void> {
    const leg = await this.find(listenerLegId);
    if (leg?.place.kind === 'listening') this.exchange.moveTo(leg, { kind: 'alone' });
  }

  async legStatistics(legId: string): Promise<LegStatistics | undefined> {
    const leg = await this.find(legId);
    return leg && statisticsOf(leg, this.now());
  }

  async legCodec(legId: string): Promise<string | undefined> {
    const leg = await this.find(legId);
    return leg?.upSince === undefined ? undefined : 'PCMA';
  }

  async playPrompt(legId: string, promptId: string, sounds: string | readonly string[]): Promise<void> {
    const leg = await this.find(legId);
    if (leg) playPrompt(this.exchange, leg, promptId, [sounds].flat());
  }

  async stopPrompt(promptId: string): Promise<void> {
    await this.taken();
    for (const leg of this.exchange.legs.values()) finishPrompt(this.exchange, leg, promptId);
  }

  async hasSound(sound: string): Promise<boolean> {
    return hasSound(this.exchange, sound);
  }

  async provideSound(sound: string, wav: Buffer): Promise<void> {
    if (!/^[\w-]+(\/[\w-]+)*$/.test(sound)) throw new Error(`not the name of a sound: ${sound}`);
    this.exchange.sounds.set(sound, wav);
  }

  async removeSound(sound: string): Promise<void> {
    this.exchange.sounds.delete(sound);
  }

  async sendDigits(legId: string, digits: string): Promise<void> {
    (await this.find(legId))?.digitsHeard.push(...digits);
  }

  async startRecording(legId: string, recordingId: string): Promise<void> {
    const leg = await this.find(legId);
    if (leg) startRecording(this.exchange, leg, recordingId);
  }

  async stopRecording(legId: string, recordingId: string): Promise<void> {
    const leg = await this.find(legId);
    if (leg) stopRecording(this.exchange, leg, recordingId);
  }

  async fetchRecording(recordingId: string): Promise<RecordingFiles> {
    await this.taken();
    return recordedFiles(this.exchange, recordingId);
  }

  async deleteRecording(recordingId: string): Promise<void> {
    await this.taken();
    this.exchange.recordings.delete(recordingId);
  }

  private now(): number {
    return this.exchange.clock.now();
  }

  private tell(event: EngineEvent): void {
    this.exchange.tell(event);
  }

  /** A command takes effect after the current turn, as over a real link. */
  private async taken(): Promise<void> {
    await Promise.resolve();
    if (!this.connected) throw new EngineUnavailable('not connected');
  }

  private async find(legId: string): Promise<SimulatedLeg | undefined> {
    await this.taken();
    return this.exchange.live(legId);
  }

  /** A rung leg that was not answered cannot be moved yet. */
  private move(legId: string, place: SimulatedPlace): boolean {
    const leg = this.exchange.live(legId);
    if (!leg || (leg.origin === 'rung' && leg.state !== 'up')) return false;
    this.exchange.moveTo(leg, place);
    return true;
  }

  private async hear(listenerLegId: string, targetLegId: string, mode: ListeningMode): Promise<void> {
    await this.taken();
    if (listenerLegId === targetLegId) throw new Error(`${listenerLegId} would listen to itself`);
    const { place } = this.exchange.live(listenerLegId) ?? {};
    const already = place?.kind === 'listening' && place.targetLegId === targetLegId && place.mode === mode;
    if (already || !this.exchange.live(targetLegId)) return;
    if (this.move(listenerLegId, { kind: 'listening', targetLegId, mode }))
      this.tell({ kind: 'leg.listening', at: this.now(), legId: listenerLegId, targetLegId, mode });
  }
}
