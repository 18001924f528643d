import { existsSync, readFileSync, statSync } from 'node:fs';
import type { CallState } from './sip-call.js';

/** A phone that is somebody else's program: the same few words for each of them. It has one call at a time. */
export interface RealPhone {
  /** Of its call; null: it has had none since it was last asked to forget. */
  readonly state: CallState | null;
  /** Keypad tones that came in. */
  readonly digits: readonly string[];
  /** `host:port` where it can be called. */
  readonly reachedAt: string;
  /** Calls a number through the exchange. */
  dial(number: string): void;
  answer(): void;
  /** Turns a ringing call away, in the way this program does it. */
  reject(): void;
  hangUp(): void;
  /** Puts the call on hold by its own key: a re-INVITE that no agent asked for. */
  hold(): void;
  resume(): void;
  sendDigits(digits: string): void;
  /** The last `ms` of what came out of it (8 kHz). */
  lastHeard(ms: number): Int16Array;
  /** All that came out of it in its last call. */
  allHeard(): Int16Array;
  /** Hangs up, and forgets the call and its digits: ready for the next test. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

const headerBytes = 44;
const samplesPerMs = 8;
/** Programs write what they hear in pieces of up to half a second. */
const stillWritingMs = 1_000;

/** The sound of a WAV file that is still being written (16-bit mono at 8 kHz); its header does not know the length yet. */
export function allIn(path: string | undefined): Int16Array {
  if (!path || !existsSync(path)) return new Int16Array();
  const file = readFileSync(path);
  const samples = Math.max(0, Math.floor((file.length - headerBytes) / 2));
  return Int16Array.from({ length: samples }, (_, index) => file.readInt16LE(headerBytes + index * 2));
}

/** The last `ms` of it; silence where there is less, and when nothing more is being written. */
export function lastIn(path: string | undefined, ms: number): Int16Array {
  const last = new Int16Array(ms * samplesPerMs);
  if (!path || !existsSync(path) || Date.now() - statSync(path).mtimeMs > stillWritingMs) return last;
  const end = allIn(path).subarray(-last.length);
  last.set(end, last.length - end.length);
  return last;
}
