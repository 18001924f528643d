/**
 * What an engine tells. Every event carries `at`: the engine's own timestamp in ms since the epoch, never the time it
 * was received. An engine tells each leg's events in the order they happened.
 */

/**
 * Why a leg that we rang did not answer. `unknown-number`: nobody has that number; `unreachable`: the device is not
 * registered, or the network beyond the trunk did not bring the call there; only ringing numbers tells the former.
 */
export type LegRefusal = 'busy' | 'rejected' | 'no-answer' | 'unknown-number' | 'unreachable' | 'failed';

/** `listen`: nobody hears the listener; `whisper`: the target alone does. */
export type ListeningMode = 'listen' | 'whisper';

/**
 * `remote`: the party on that leg hung up; `vanished`: it went without having hung up: its network went (no audio for
 * half a minute), or its phone said that it goes without its person's will; `local`: we ended it; `engine`: the engine
 * ended it for a reason of its own. When both ends hang up at once, the first that reached the engine counts.
 */
export type LegEnder = 'remote' | 'vanished' | 'local' | 'engine';

/** A party that arrived by itself: a customer over the trunk, a guest's or an agent's softphone that dials. */
export interface ArrivedLeg {
  legId: string;
  /** Set when the leg came from a device that we provisioned; absent for the trunk. */
  deviceId?: string;
  /** As the caller was presented; empty when withheld. */
  fromNumber: string;
  fromName: string;
  dialled: string;
  /**
   * When the party called, where nobody was connected to the engine then: it has heard music since, and its line is open
   * (`leg.answered` follows at once).
   */
  waitedSince?: number;
}

/** Who was refused, and from where. */
export interface Stranger {
  /** Unique for the attempt, so that it counts once however many were told. */
  attemptId: string;
  /** `trunk`: straight at the engine; `softphone`: through whoever carries the softphones' signalling. */
  over: 'trunk' | 'softphone';
  address: string;
  port: number;
  /** The account that was tried; empty when there is no such account. */
  account: string;
}

export type EngineEvent =
  | { kind: 'leg.arrived'; at: number; legId: string; leg: ArrivedLeg }
  /** The rung party's phone is ringing (180, or a number's own ringing tone): the first ring starts now. */
  | { kind: 'leg.ringing'; at: number; legId: string }
  /** The party answered (200). For an arrived leg: `openLine` took effect. */
  | { kind: 'leg.answered'; at: number; legId: string }
  /** A leg that we rang ended without an answer, and not by `endLeg`. It is followed by no `leg.ended`. */
  | { kind: 'leg.refused'; at: number; legId: string; why: LegRefusal; sipStatus?: number }
  /** The leg hears and is heard by the others of the room. */
  | { kind: 'leg.connected'; at: number; legId: string; roomId: string }
  /** The leg is out of any room and hears music. */
  | { kind: 'leg.waiting'; at: number; legId: string }
  /** The leg hears what the target's party says and hears, from wherever it was before. */
  | { kind: 'leg.listening'; at: number; legId: string; targetLegId: string; mode: ListeningMode }
  /**
   * The leg listens no more: it was told to stop, went to another place, or the target has gone; in the first and last
   * case it stays in silence. Not told of a leg that ended, nor when it goes straight on to listen in another way.
   */
  | { kind: 'leg.stopped-listening'; at: number; legId: string; targetLegId: string }
  /** The device itself put the call on hold (a re-INVITE), which the desk never does. */
  | { kind: 'leg.held-by-device'; at: number; legId: string }
  | { kind: 'leg.resumed-by-device'; at: number; legId: string }
  | { kind: 'leg.digit'; at: number; legId: string; digit: string; durationMs: number }
  /**
   * Sound began / stopped on what this party says (energy only: music and noise count). `leg.speaking` comes at once,
   * though not before the answer of a leg that we rang: who speaks with the answer is told right behind it;
   * `leg.silent` comes 0.3 s late, since a shorter pause belongs to the speech, but its `at` is the end of the speech,
   * so it can be before the `at` of events told earlier.
   */
  | { kind: 'leg.speaking'; at: number; legId: string }
  | { kind: 'leg.silent'; at: number; legId: string; spokeMs: number }
  | { kind: 'prompt.finished'; at: number; legId: string; promptId: string }
  | { kind: 'recording.started'; at: number; legId: string; recordingId: string }
  /**
   * Both files are complete and can be fetched; `at` is when the recording ended. Told again after a reconnect for
   * every recording that has not been deleted.
   */
  | { kind: 'recording.finished'; at: number; legId: string; recordingId: string }
  | { kind: 'leg.ended'; at: number; legId: string; by: LegEnder; cause: string }
  /** Somebody gave a wrong proof of who they are. Told over every link to the engine. */
  | { kind: 'stranger.refused'; at: number; stranger: Stranger }
  /**
   * The link to the engine (re)opened: `legs` is the whole truth of what exists now. A leg that ends in this very
   * moment may be among them; its `leg.ended` follows. `since`: when the engine itself started; what is older went with
   * it. `outside`: parties that called while nobody was connected and hear music, the first caller first; each arrives
   * within two seconds, in any order, or has hung up.
   */
  | {
      kind: 'engine.connected';
      at: number;
      since: number;
      legs: readonly ExistingLeg[];
      outside: readonly string[];
    }
  | { kind: 'engine.lost'; at: number };

export type EngineEventKind = EngineEvent['kind'];

/** A leg found when the link to the engine (re)opened. */
export interface ExistingLeg {
  legId: string;
  state: 'ringing' | 'up';
  /** Set for a party that arrived by itself: who it is and when it came, for whoever does not know the leg. */
  arrival?: { at: number; leg: ArrivedLeg };
  roomId?: string;
  waiting: boolean;
  /** Set while the leg listens to another. */
  listening?: { targetLegId: string; mode: ListeningMode };
}
