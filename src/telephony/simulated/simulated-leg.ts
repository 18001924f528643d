import type { Cancel } from '../../kernel/clock.js';
import type { ArrivedLeg, ExistingLeg, ListeningMode } from '../port/engine-event.js';
import type { AudioChange, Said } from './simulated-audio.js';

/** Where a leg is: alone (hears nothing), in a room, waiting with music, or listening to another. */
export type SimulatedPlace =
  | { kind: 'alone' }
  | { kind: 'room'; roomId: string }
  | { kind: 'waiting' }
  | { kind: 'listening'; targetLegId: string; mode: ListeningMode };

/** One party's connection, as the exchange and the party's phone see it. */
export interface SimulatedLeg {
  readonly legId: string;
  readonly origin: 'arrived' | 'rung';
  readonly deviceId: string | undefined;
  /** Set for a leg that arrived by itself. */
  readonly arrival?: { at: number; leg: ArrivedLeg };
  /** The outside number that this leg rings. */
  readonly number?: string;
  /** Since when there has been audio. */
  upSince?: number;
  /** Of what the party says, this share never came, from the beginning on; tests set it. */
  lossShare?: number;
  /** What the party's phone shows. */
  state: 'calling' | 'ringing' | 'up' | 'ended';
  /** The SIP status that the party's phone was given, or gave. */
  status: number;
  place: SimulatedPlace;
  says: Said;
  speaking: { since: number; untilSure?: Cancel } | undefined;
  heldByDevice: boolean;
  readonly prompts: Map<string, Cancel>;
  recordingId: string | undefined;
  /** Keypad tones that reached the party's phone. */
  readonly digitsHeard: string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly fromNumber: string;
  readonly fromName: string;
  stopRinging: Cancel;
}

/** A recording, running or finished. */
export interface SimulatedRecording {
  readonly recordingId: string;
  readonly legId: string;
  readonly changes: AudioChange[];
  endedAt: number | undefined;
}

/** What a leg begins with; the rest is that of a leg that nothing has happened to yet. */
export type NewLeg = Pick<SimulatedLeg, 'legId' | 'origin' | 'deviceId' | 'fromNumber' | 'fromName'> &
  Partial<SimulatedLeg>;

/** A leg to which nothing has happened yet. */
export function newLeg(leg: NewLeg): SimulatedLeg {
  return {
    state: 'calling',
    status: 0,
    place: { kind: 'alone' },
    says: 0,
    speaking: undefined,
    heldByDevice: false,
    prompts: new Map(),
    recordingId: undefined,
    digitsHeard: [],
    headers: {},
    stopRinging: () => undefined,
    ...leg,
  };
}

/** The leg as it is told when an engine takes over. */
export function existing({ legId, state, place, arrival }: SimulatedLeg): ExistingLeg {
  return {
    legId,
    state: state === 'up' ? 'up' : 'ringing',
    ...(arrival ? { arrival } : {}),
    ...(place.kind === 'room' ? { roomId: place.roomId } : {}),
    waiting: place.kind === 'waiting',
    ...(place.kind === 'listening'
      ? { listening: { targetLegId: place.targetLegId, mode: place.mode } }
      : {}),
  };
}
