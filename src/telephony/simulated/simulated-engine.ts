import { Readable } from 'node:stream';
import {
  type DeviceAccount,
  type EngineHealth,
  EngineUnavailable,
  type LegStatistics,
  type RecordingFiles,
  type RingDevice,
  type RingNumber,
  TelephonyEngine,
  type TurnAway,
} from '../port/engine.js';
import type { EngineEvent, ExistingLeg, LegRefusal, ListeningMode } from '../port/engine-event.js';
import { EventHub } from '../port/event-hub.js';
import { renderWav, simulatedSampleRate } from './simulated-audio.js';
import type { SimulatedExchange } from './simulated-exchange.js';
import type { SimulatedLeg, SimulatedPlace } from './simulated-leg.js';

const longestRingMs = 180_000;
const promptMs = 1_000;
const packetMs = 20;
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
    const legs = [...this.exchange.legs.values()].filter((leg) => leg.state !== 'ended').map(existing);
    this.hub.tell({ kind: 'engine.connected', at: this.now(), legs });
    // Recordings that ended while nobody listened.
    for (const { recordingId, legId, endedAt } of this.exchange.recordings.values())
      if (endedAt !== undefined) this.tell({ kind: 'recording.finished', at: endedAt, legId, recordingId });
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

  onEvent(listener: (event: EngineEvent) => void): () => void {
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
    if (leg.says > 0) this.exchange.startsSpeaking(leg);
  }

  async turnAway(legId: string, why: TurnAway): Promise<void> {
    if (await this.find(legId)) this.exchange.end(legId, 'local', turnAwayStatus[why]);
  }

  async ringDevice(ring: RingDevice): Promise<void> {
    await this.taken();
    const { legId, deviceId, onBehalfOf, fromNumber, fromName, headers = {} } = ring;
    const refuse = (why: 'failed' | 'unreachable') =>
      this.tell({ kind: 'leg.refused', at: this.now(), legId, why });
    if (onBehalfOf !== undefined && !this.live(onBehalfOf)) return refuse('failed');
    if (!this.exchange.registered.has(deviceId)) return refuse('unreachable');
    const stopRinging = this.exchange.clock.at(this.now() + longestRingMs, () =>
      this.exchange.deviceRefuses(legId, 'no-answer'),
    );
    this.exchange.add({
      legId,
      origin: 'rung',
      state: 'ringing',
      status: 180,
      deviceId,
      fromNumber,
      fromName,
      headers,
      stopRinging,
    });
    this.tell({ kind: 'leg.ringing', at: this.now(), legId });
  }

  async ringNumber(ring: RingNumber): Promise<void> {
    await this.taken();
    const { legId, number, onBehalfOf, timeoutMs } = ring;
    if (!/^\+?[0-9]{1,20}$/.test(number)) throw new Error(`not a number to dial: ${JSON.stringify(number)}`);
    const { outside, clock } = this.exchange;
    const refuse = (why: LegRefusal) => this.tell({ kind: 'leg.refused', at: this.now(), legId, why });
    if (onBehalfOf !== undefined && !this.live(onBehalfOf)) return refuse('failed');
    if (!outside) return refuse('unreachable');
    const does = outside.get(number) ?? { refuses: 'unknown-number', sipStatus: 404 };
    const rings = does === 'rings';
    const leg = this.exchange.add({
      legId,
      number,
      origin: 'rung',
      state: rings ? 'ringing' : 'calling',
      status: rings ? 180 : 0,
      deviceId: undefined,
      fromNumber: ring.callerNumber,
      fromName: ring.callerName,
    });
    if (rings) this.tell({ kind: 'leg.ringing', at: this.now(), legId });
    else if (does !== 'is silent') return this.exchange.deviceRefuses(legId, does.refuses, does.sipStatus);
    leg.stopRinging = clock.at(this.now() + timeoutMs, () =>
      this.exchange.deviceRefuses(legId, rings ? 'no-answer' : 'unreachable'),
    );
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
    if (leg?.upSince === undefined) return undefined;
    const packets = Math.floor((this.now() - leg.upSince) / packetMs);
    return {
      packetsIn: packets,
      packetsOut: packets,
      lossShareIn: leg.lossShare ?? 0,
      lossShareOut: 0,
      jitterInMs: 0,
      jitterOutMs: 0,
    };
  }

  async legCodec(legId: string): Promise<string | undefined> {
    const leg = await this.find(legId);
    return leg?.upSince === undefined ? undefined : 'PCMA';
  }

  async playPrompt(legId: string, promptId: string, sound: string): Promise<void> {
    const leg = await this.find(legId);
    if (!leg || sound === '') return;
    const end = () => this.finishPrompt(leg, promptId);
    leg.prompts.set(promptId, this.exchange.clock.at(this.now() + promptMs, end));
    this.exchange.noteAudio();
  }

  async stopPrompt(promptId: string): Promise<void> {
    await this.taken();
    for (const leg of this.exchange.legs.values())
      if (leg.prompts.has(promptId)) this.finishPrompt(leg, promptId);
  }

  async sendDigits(legId: string, digits: string): Promise<void> {
    (await this.find(legId))?.digitsHeard.push(...digits);
  }

  async startRecording(legId: string, recordingId: string): Promise<void> {
    const leg = await this.find(legId);
    if (!leg) return;
    leg.recordingId = recordingId;
    this.exchange.recordings.set(recordingId, { recordingId, legId, changes: [], endedAt: undefined });
    this.exchange.noteAudio();
    this.tell({ kind: 'recording.started', at: this.now(), legId, recordingId });
  }

  async stopRecording(legId: string, recordingId: string): Promise<void> {
    const leg = await this.find(legId);
    const recording = this.exchange.recordings.get(recordingId);
    if (!leg || !recording || leg.recordingId !== recordingId) return;
    leg.recordingId = undefined;
    recording.endedAt = this.now();
    this.tell({ kind: 'recording.finished', at: this.now(), legId, recordingId });
  }

  async fetchRecording(recordingId: string): Promise<RecordingFiles> {
    await this.taken();
    const recording = this.exchange.recordings.get(recordingId);
    if (recording?.endedAt === undefined) throw new Error(`no recording ${recordingId}`);
    const { changes, endedAt } = recording;
    const stream = (side: 'says' | 'hears') => Readable.from([renderWav(changes, endedAt, side)]);
    return { customer: stream('says'), agent: stream('hears'), sampleRate: simulatedSampleRate };
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
    return this.live(legId);
  }

  private live(legId: string): SimulatedLeg | undefined {
    const leg = this.exchange.legs.get(legId);
    return leg?.state === 'ended' ? undefined : leg;
  }

  /** A rung leg that was not answered cannot be moved yet. */
  private move(legId: string, place: SimulatedPlace): boolean {
    const leg = this.live(legId);
    if (!leg || (leg.origin === 'rung' && leg.state !== 'up')) return false;
    this.exchange.moveTo(leg, place);
    return true;
  }

  private async hear(listenerLegId: string, targetLegId: string, mode: ListeningMode): Promise<void> {
    await this.taken();
    if (listenerLegId === targetLegId) throw new Error(`${listenerLegId} would listen to itself`);
    const { place } = this.live(listenerLegId) ?? {};
    const already = place?.kind === 'listening' && place.targetLegId === targetLegId && place.mode === mode;
    if (already || !this.live(targetLegId)) return;
    if (this.move(listenerLegId, { kind: 'listening', targetLegId, mode }))
      this.tell({ kind: 'leg.listening', at: this.now(), legId: listenerLegId, targetLegId, mode });
  }

  private finishPrompt(leg: SimulatedLeg, promptId: string): void {
    leg.prompts.get(promptId)?.();
    leg.prompts.delete(promptId);
    this.exchange.noteAudio();
    this.tell({ kind: 'prompt.finished', at: this.now(), legId: leg.legId, promptId });
  }
}

function existing({ legId, state, place }: SimulatedLeg): ExistingLeg {
  return {
    legId,
    state: state === 'up' ? 'up' : 'ringing',
    ...(place.kind === 'room' ? { roomId: place.roomId } : {}),
    waiting: place.kind === 'waiting',
    ...(place.kind === 'listening'
      ? { listening: { targetLegId: place.targetLegId, mode: place.mode } }
      : {}),
  };
}
