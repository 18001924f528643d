import type { Clock } from '../../kernel/clock.js';
import type { DeviceAccount } from '../port/engine.js';
import type { EngineEvent, LegRefusal } from '../port/engine-event.js';
import type { Said } from './simulated-audio.js';
import { SimulatedGate } from './simulated-gate.js';
import { heardBy, listenersOf, othersInRoom } from './simulated-hearing.js';
import {
  type NewLeg,
  newLeg,
  type SimulatedLeg,
  type SimulatedPlace,
  type SimulatedRecording,
} from './simulated-leg.js';
import { refusalStatus, type SimulatedArrival, type SimulatedNumber } from './simulated-outside.js';
import { followVoice } from './simulated-voice.js';

const keyMs = 100;
/**
 * The telephone network and the exchange of the simulated engine: what lives on while an engine is stopped and started
 * again. Its methods are what parties do with their phones; tests call them.
 */
export class SimulatedExchange {
  /** Every leg there ever was; ended ones keep what their phone saw. */
  readonly legs = new Map<string, SimulatedLeg>();
  readonly accounts = new Map<string, DeviceAccount>();
  readonly registered = new Set<string>();
  readonly gate = new SimulatedGate(this);
  readonly recordings = new Map<string, SimulatedRecording>();
  /** Sounds that were brought to the library. */
  readonly sounds = new Map<string, Buffer>();
  /** What becomes of calls to outside numbers; `undefined` while the exchange has no trunk to dial out over. */
  outside: Map<string, SimulatedNumber> | undefined = new Map();
  /** Where events go while an engine is connected. */
  link: ((event: EngineEvent) => void) | undefined;
  /** When the exchange itself started. */
  since: number;
  private arrivals = 0;
  /** Legs that no engine has been told of. */
  readonly outsideLegs = new Set<string>();

  constructor(readonly clock: Clock) {
    this.since = clock.now();
  }

  /** The exchange itself starts anew: every leg and account is gone, and nobody is told how. */
  restart(): void {
    this.since = this.clock.now();
    this.legs.clear();
    this.accounts.clear();
    this.registered.clear();
    this.outsideLegs.clear();
    this.gate.forget();
  }

  /** A party calls; undefined when the exchange turned it away at once. */
  arrive(arrival: SimulatedArrival): string | undefined {
    const { dialled, deviceId, fromNumber = deviceId ?? '', fromName = '' } = arrival;
    if (arrival.withoutAudio) return undefined;
    if (deviceId && !this.accounts.get(deviceId)?.mayDial.includes(dialled)) return undefined;
    if (deviceId && this.hasCalled(deviceId)) return undefined;
    const legId = `arrived-${++this.arrivals}`;
    const leg = { legId, ...(deviceId ? { deviceId } : {}), fromNumber, fromName, dialled };
    const at = this.clock.now();
    this.add({ legId, origin: 'arrived', deviceId, fromNumber, fromName, arrival: { at, leg } });
    if (this.link) this.tell({ kind: 'leg.arrived', at, legId, leg });
    else this.waitOutside(legId);
    return legId;
  }

  /** Those who called while no engine was connected come in, the first first. */
  letIn(): void {
    for (const legId of this.outsideLegs) {
      const { arrival, state } = this.leg(legId);
      if (!arrival || state === 'ended') continue;
      const at = this.clock.now();
      const leg = { ...arrival.leg, waitedSince: arrival.at };
      this.tell({ kind: 'leg.arrived', at, legId, leg });
      this.tell({ kind: 'leg.answered', at, legId });
    }
    this.outsideLegs.clear();
  }

  private waitOutside(legId: string): void {
    const leg = this.leg(legId);
    Object.assign(leg, { state: 'up', status: 200, upSince: this.clock.now(), place: { kind: 'waiting' } });
    this.outsideLegs.add(legId);
  }

  /** A softphone with these credentials registers; false when they are wrong. */
  registerDevice(deviceId: string, secret: string): boolean {
    if (this.accounts.get(deviceId)?.secret !== secret) return false;
    this.registered.add(deviceId);
    return true;
  }

  unregisterDevice(deviceId: string): void {
    this.registered.delete(deviceId);
  }

  /** Whether a call that the device made is still there: it has one at a time. */
  hasCalled(deviceId: string): boolean {
    return this.legOf(deviceId)?.origin === 'arrived';
  }

  /** The leg that rings at the device, or that it talks on. */
  legOf(deviceId: string): SimulatedLeg | undefined {
    return [...this.legs.values()].findLast((leg) => leg.deviceId === deviceId && leg.state !== 'ended');
  }

  /** The leg that rings at the number, or that it talks on. */
  legOfNumber(number: string): SimulatedLeg | undefined {
    return [...this.legs.values()].findLast((leg) => leg.number === number && leg.state !== 'ended');
  }

  deviceAnswers(legId: string): void {
    const leg = this.leg(legId);
    if (leg.state !== 'ringing' || leg.origin !== 'rung') throw new Error(`${legId} does not ring`);
    leg.stopRinging();
    leg.state = 'up';
    leg.upSince = this.clock.now();
    leg.status = 200;
    this.tell({ kind: 'leg.answered', at: this.clock.now(), legId });
    followVoice(this, leg);
  }

  /** The phone declines, or does not answer. */
  deviceRefuses(legId: string, why: LegRefusal = 'rejected', sipStatus = refusalStatus[why]): void {
    const leg = this.leg(legId);
    if (leg.state !== 'ringing' && leg.state !== 'calling') return;
    this.dismantle(leg, sipStatus);
    this.tell({ kind: 'leg.refused', at: this.clock.now(), legId, why, sipStatus });
  }

  remoteHangsUp(legId: string): void {
    const leg = this.leg(legId);
    if (leg.state === 'ended') return;
    if (leg.origin === 'rung' && leg.state === 'ringing') this.deviceRefuses(legId);
    else this.end(legId, 'remote', leg.state === 'up' ? leg.status : 487);
  }

  deviceHolds(legId: string): void {
    this.hold(legId, true);
    this.tell({ kind: 'leg.held-by-device', at: this.clock.now(), legId });
  }

  deviceResumes(legId: string): void {
    this.hold(legId, false);
    this.tell({ kind: 'leg.resumed-by-device', at: this.clock.now(), legId });
  }

  /** The party presses keys. */
  digits(legId: string, digits: string): void {
    const leg = this.leg(legId);
    for (const digit of digits) {
      for (const other of othersInRoom(leg, this.legs)) other.digitsHeard.push(digit);
      this.tell({ kind: 'leg.digit', at: this.clock.now(), legId, digit, durationMs: keyMs });
    }
  }

  /** The party speaks: a tone of this frequency from now on, 0 for silence. */
  speaks(legId: string, frequency: Said): void {
    const leg = this.leg(legId);
    leg.says = frequency;
    this.noteAudio();
    followVoice(this, leg);
  }

  /** What the party hears now: frequencies. */
  hears(legId: string): readonly Said[] {
    return heardBy(this.leg(legId), this.legs);
  }

  /** What is left: legs that are not ended, and recordings. Tests expect it to be empty. */
  leftovers(): string[] {
    const legs = [...this.legs.values()].filter((leg) => leg.state !== 'ended').map((leg) => leg.legId);
    return [...legs, ...this.recordings.keys()];
  }

  /** Forgets every leg and recording, as if the exchange had been restarted. */
  clear(): void {
    for (const leg of this.legs.values()) if (leg.state !== 'ended') this.dismantle(leg, 0);
    this.legs.clear();
    this.recordings.clear();
  }

  leg(legId: string): SimulatedLeg {
    const leg = this.legs.get(legId);
    if (!leg) throw new Error(`no leg ${legId}`);
    return leg;
  }

  /** The leg, unless it has ended or never was. */
  live(legId: string): SimulatedLeg | undefined {
    const leg = this.legs.get(legId);
    return leg?.state === 'ended' ? undefined : leg;
  }

  add(leg: NewLeg): SimulatedLeg {
    const added = newLeg(leg);
    this.legs.set(leg.legId, added);
    return added;
  }

  /** Ends a leg in any state and tells it. */
  end(legId: string, by: 'remote' | 'local', status: number): void {
    const leg = this.legs.get(legId);
    if (!leg || leg.state === 'ended') return;
    const { recordingId } = leg;
    this.dismantle(leg, status);
    const at = this.clock.now();
    this.tell({ kind: 'leg.ended', at, legId, by, cause: 'normal-clearing' });
    if (recordingId) this.tell({ kind: 'recording.finished', at, legId, recordingId });
  }

  /** Hands an event to the connected engine, after the current turn as a real engine would; nobody listens: it is lost. */
  tell(event: EngineEvent): void {
    queueMicrotask(() => this.link?.(event));
  }

  /** Puts a leg elsewhere; one that listened until then listens no more. */
  moveTo(leg: SimulatedLeg, place: SimulatedPlace): void {
    const before = leg.place;
    leg.place = place;
    this.noteAudio();
    if (before.kind !== 'listening' || place.kind === 'listening') return;
    const { targetLegId } = before;
    this.tell({ kind: 'leg.stopped-listening', at: this.clock.now(), legId: leg.legId, targetLegId });
  }

  /** Keeps the running recordings up to date; called after anything that changes what a party says or hears. */
  noteAudio(): void {
    for (const { recordingId, legId } of this.recordings.values()) this.noteAudioOf(recordingId, legId);
  }

  private noteAudioOf(recordingId: string, legId: string): void {
    const recording = this.recordings.get(recordingId);
    const leg = this.legs.get(legId);
    if (!recording || !leg || recording.endedAt !== undefined) return;
    recording.changes.push({ at: this.clock.now(), says: leg.says, hears: this.hears(legId) });
  }

  private hold(legId: string, held: boolean): void {
    this.leg(legId).heldByDevice = held;
    this.noteAudio();
  }

  private dismantle(leg: SimulatedLeg, status: number): void {
    leg.stopRinging();
    leg.speaking?.untilSure?.();
    for (const cancel of leg.prompts.values()) cancel();
    leg.prompts.clear();
    const recording = leg.recordingId ? this.recordings.get(leg.recordingId) : undefined;
    if (recording) recording.endedAt = this.clock.now();
    leg.state = 'ended';
    leg.status = status;
    leg.place = { kind: 'alone' };
    for (const listener of listenersOf(leg.legId, this.legs)) this.moveTo(listener, { kind: 'alone' });
    this.noteAudio();
  }
}
