import type { Cancel } from '../../kernel/clock.js';
import type { ListeningMode } from '../port/engine-event.js';
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
