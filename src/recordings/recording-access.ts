import type { Actor } from '../kernel/actor.js';

/** What recordings must know of calls, by id. The calls implement it; its module is global. */
export abstract class RecordingAccess {
  /** True when the call's recordings are within what this person may hear. */
  abstract mayHear(actor: Actor, callId: string): Promise<boolean>;
  /** When every leg of the call had gone; null while it lasts. */
  abstract callEndedAt(callId: string): Promise<Date | null>;
}
