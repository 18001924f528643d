import type { Readable } from 'node:stream';
import { mainNode } from '../../contracts/node.js';
import type { EngineEvent } from './engine-event.js';

/** A softphone's or guest's account, made for one sign-in and taken back after it. */
export interface DeviceAccount {
  deviceId: string;
  /** At least 128 bits of randomness. */
  secret: string;
  /** Shown to those it calls. */
  displayName: string;
  /**
   * Numbers this device may dial by itself; a guest: the service number; a desk: none (the server dials for it). The
   * engine turns anything else away (403) and never tells of it.
   */
  mayDial: readonly string[];
}

export interface RingDevice {
  /** The node that rings; absent: that of `onBehalfOf`, or the only one. */
  node?: string;
  /** Chosen by the caller before anything happens, unique for ever. */
  legId: string;
  deviceId: string;
  /** The leg this ring is for, if any; when that has gone the engine refuses the ring as `failed`. */
  onBehalfOf?: string;
  /** Shown on the phone. */
  fromNumber: string;
  fromName: string;
  /** Sent as `X-Sanling-*` headers so that the softphone can match the INVITE with the call. */
  headers?: Readonly<Record<string, string>>;
}

export interface RingNumber {
  /** Chosen by the caller before anything happens, unique for ever. */
  legId: string;
  /** Digits, with a leading + for an international number. Who may dial what was decided before. */
  number: string;
  /** The leg this ring is for, if any; when that has gone the engine refuses the ring as `failed`. */
  onBehalfOf?: string;
  /** Shown to the called party, as far as the trunk's carrier allows. */
  callerNumber: string;
  callerName: string;
  /** How long it may ring, in whole seconds rounded up. Then it is refused: `no-answer`, or `unreachable` if it never rang. */
  timeoutMs: number;
}

/** Hears an event and the node it happened on. */
export type EngineListener = (event: EngineEvent, node: string) => void;

/** How the audio of a leg has fared so far. */
export interface LegStatistics {
  /** From the leg's party to the engine. */
  packetsIn: number;
  packetsOut: number;
  /** Share of the packets that never came, 0 to 1. */
  lossShareIn: number;
  /** As the party's phone reports it; 0 until it does. */
  lossShareOut: number;
  jitterInMs: number;
  jitterOutMs: number;
  /** Absent while the party's phone reports nothing to measure it by. */
  roundTripMs?: number;
  /**
   * `lossShareIn` stands still between counts, which come every so many ms; how many there were. Absent: it is always
   * up to date.
   */
  lossCounts?: { times: number; everyMs: number };
}

/** Why an arrived leg is turned away before it was answered. */
export type TurnAway = 'unknown-number' | 'forbidden' | 'no-audio' | 'busy';

export interface EngineHealth {
  up: boolean;
  /** Product and version, or why it is down. For people. */
  detail: string;
}

/** The two channels of a finished recording as WAV (16-bit mono, same rate, same start). */
export interface RecordingFiles {
  customer: Readable;
  agent: Readable;
}

/**
 * The telephony engine in the words of a call centre. No feature knows which engine it is.
 *
 * Commands are asynchronous requests: a resolved promise means the engine took the command; what happened is told by
 * events only. A command for a leg or room that has gone meanwhile resolves (the `leg.ended` tells the story); other
 * failures throw `EngineUnavailable` or a plain error. The simulated engine and Asterisk pass one contract suite
 * (test/engine).
 */
export abstract class TelephonyEngine {
  /** The machines that the engine consists of, by name. Each is driven by at most one process at a time. */
  readonly nodes: readonly string[] = [mainNode];

  /**
   * Connects to the node (without a name: to all), lists what exists (`engine.connected`) and keeps reconnecting until
   * `stop`. Devices and recordings can be looked after without.
   */
  abstract start(node?: string): Promise<void>;
  /** Closes the link (`engine.lost`). Legs stay as they are; parties that call now hear music until somebody is connected. */
  abstract stop(node?: string): Promise<void>;
  abstract health(): Promise<EngineHealth>;
  /** Adds a listener; called synchronously in order. Returns its removal. */
  abstract onEvent(listener: EngineListener): () => void;

  /** Makes or replaces a device account. Engines may forget accounts when they restart: push again on `engine.connected`. */
  abstract provisionDevice(account: DeviceAccount): Promise<void>;
  /** Removes an account and its registrations; its calls go on. */
  abstract revokeDevice(deviceId: string): Promise<void>;
  /** True when the device is registered and answers; false for some milliseconds after it registered. */
  abstract deviceReachable(deviceId: string): Promise<boolean>;

  /**
   * Refuses everything that comes from this address, until `letIn`. Engines may forget when they restart. Never shut out
   * the carrier's address, nor the one that the softphones' signalling is carried from. Throws when it is no IP address.
   */
  abstract shutOut(address: string): Promise<void>;
  /** Harmless for an address that is not shut out. */
  abstract letIn(address: string): Promise<void>;

  /** Tells an arrived leg that it is being connected (ringing tone), without answering. */
  abstract progress(legId: string): Promise<void>;
  /** Answers an arrived leg; ends with `leg.answered`. */
  abstract openLine(legId: string): Promise<void>;
  /** Turns an arrived, unanswered leg away; ends with `leg.ended` by `local`. */
  abstract turnAway(legId: string, why: TurnAway): Promise<void>;
  /** Rings a device; then `leg.ringing`, and `leg.answered` or `leg.refused`. */
  abstract ringDevice(ring: RingDevice): Promise<void>;
  /**
   * Rings an outside number over the trunk; then `leg.ringing`, and `leg.answered` or `leg.refused`. Without a trunk to
   * dial out over every number is refused as `unreachable`. A ringing tone of the far network's own is not passed on.
   */
  abstract ringNumber(ring: RingNumber): Promise<void>;
  /** Ends a leg in any state. A leg that was rung and not answered ends with `leg.ended` by `local`. */
  abstract endLeg(legId: string): Promise<void>;

  /** Puts the legs into the talk room, making it when needed and taking them out of where they were. */
  abstract connect(roomId: string, legIds: readonly string[]): Promise<void>;
  /** Takes the leg out of its room; it hears music; ends with `leg.waiting`. */
  abstract wait(legId: string): Promise<void>;
  /** Closes the room; legs still in it stay, in silence. A room that everybody left is closed by itself. */
  abstract closeRoom(roomId: string): Promise<void>;

  /**
   * Lets the listener hear what the target's party says and hears, while nobody hears the listener; it leaves the place
   * where it was. Ends with `leg.listening`. It stops by itself when either leg goes; `connect` and `wait` stop it too,
   * so joining the talk is `connect` into its room.
   */
  abstract listen(listenerLegId: string, targetLegId: string): Promise<void>;
  /** As `listen`, and the target's party alone hears the listener. */
  abstract whisper(listenerLegId: string, targetLegId: string): Promise<void>;
  /** Ends with `leg.stopped-listening`; harmless for a leg that does not listen. */
  abstract stopListening(listenerLegId: string): Promise<void>;
  /** How the leg's audio fares; undefined when it has gone or has no audio yet. */
  abstract legStatistics(legId: string): Promise<LegStatistics | undefined>;
  /** The codec on the leg's wire, as SDP names it: `PCMA`, `opus`; undefined when the leg has gone or has no audio. */
  abstract legCodec(legId: string): Promise<string | undefined>;

  /**
   * Plays a prompt to a leg in any place: one sound (a name in the sound library, e.g. `sanling/all-busy`), or several
   * one after the other. Nobody else in its room hears it, and music goes on after it. Sounds that are missing are
   * passed over. Ends with `prompt.finished`, also when it was stopped or nothing of it is there.
   */
  abstract playPrompt(legId: string, promptId: string, sounds: string | readonly string[]): Promise<void>;
  abstract stopPrompt(promptId: string): Promise<void>;
  /** True when the sound library has it. Needs no link to the engine, like the two below. */
  abstract hasSound(sound: string): Promise<boolean>;
  /** Brings a sound into the library, in place of an older one of this name: 16-bit mono WAV of 8 or 16 kHz. */
  abstract provideSound(sound: string, wav: Buffer): Promise<void>;
  /** Takes a sound out of the library; harmless when it has gone. Who hears it just then hears it to its end. */
  abstract removeSound(sound: string): Promise<void>;
  /** Sends keypad tones to the leg's party: digits 0-9 A-D * #. */
  abstract sendDigits(legId: string, digits: string): Promise<void>;

  /**
   * Records what the leg's party says and what it hears on two channels, through rooms, waits and transfers, until the
   * leg ends or `stopRecording`.
   */
  abstract startRecording(legId: string, recordingId: string): Promise<void>;
  abstract stopRecording(legId: string, recordingId: string): Promise<void>;
  /** Throws when the files are not there. */
  abstract fetchRecording(recordingId: string): Promise<RecordingFiles>;
  /** Removes the engine's copy; harmless when it has gone. */
  abstract deleteRecording(recordingId: string): Promise<void>;
}

/** The engine cannot be reached now; the person is told to try again. */
export class EngineUnavailable extends Error {
  constructor(detail: string) {
    super(`telephony engine unavailable: ${detail}`);
    this.name = 'EngineUnavailable';
  }
}
