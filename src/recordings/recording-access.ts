/** What recordings must know of calls, by id. The calls implement it; its module is global. */
export abstract class RecordingAccess {
  /** True when this person answered a handling of the call. */
  abstract agentHandled(callId: string, personId: string): Promise<boolean>;
  /** When every leg of the call had gone; null while it lasts. */
  abstract callEndedAt(callId: string): Promise<Date | null>;
}
