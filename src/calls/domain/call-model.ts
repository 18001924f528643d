import type { CallOutcome, CallState, HandlingPhase } from '../../contracts/call.js';
import type { EndedBy, TimelineEventOf } from '../../contracts/timeline.js';
import type { WrapUp } from '../../contracts/wrap-up.js';

/** All times are ms since the epoch, from the facts' `at`. */

export interface HoldModel {
  id: string;
  reason: string;
  limitMs: number;
  grantedAt: number;
  /** Null until the engine told that the customer waits. */
  startedAt: number | null;
  reminded: boolean;
  limitReached: boolean;
  ceilingReached: boolean;
  resumeRequested: boolean;
}

export interface HangUpModel {
  requestedAt: number;
  reason: string | null;
}

/** One agent's part in the call. */
export interface HandlingModel {
  id: string;
  agentId: string;
  agentNumber: string;
  legId: string;
  /** The agent's leg may still exist. */
  legAlive: boolean;
  phase: HandlingPhase;
  offeredAt: number;
  ringStartedAt: number | null;
  answeredAt: number | null;
  talkStartedAt: number | null;
  endedAt: number | null;
  fileShown: boolean;
  muted: boolean;
  agentSpeaking: boolean;
  customerSpeaking: boolean;
  /** The end of the last speech of either side; null before anybody spoke. */
  lastSpeechAt: number | null;
  hold: HoldModel | null;
  holds: number;
  heldMs: number;
  thanksDue: boolean;
  heldByDevice: boolean;
  hangUp: HangUpModel | null;
  hangUpCarriedOut: boolean;
  wrapUpStartedAt: number | null;
  wrapUpCompletedAt: number | null;
  wrapUp: WrapUp | null;
}

export interface CallModel {
  id: string;
  /** Number of facts so far; the next fact gets `seq + 1`. */
  seq: number;
  lastFactAt: number;
  state: CallState;
  stateSince: number;
  arrival: TimelineEventOf<'call.arrived'>['data'];
  arrivedAt: number;
  turnedAway: boolean;
  openedAt: number | null;
  queue: { id: string; name: string; enteredAt: number } | null;
  /** Ring offers so far. */
  attempts: number;
  customerLegAlive: boolean;
  promptId: string | null;
  promptsPlayed: number;
  lastPromptAt: number | null;
  recordingId: string | null;
  recordingStartedAt: number | null;
  handlings: readonly HandlingModel[];
  customerLeftAt: number | null;
  endedBy: EndedBy | null;
  /** `call.ended` has been told. */
  closed: boolean;
  outcome: CallOutcome;
}

const openPhases: readonly HandlingPhase[] = ['offered', 'ringing', 'talking', 'held'];

/** The handling that holds the call now: offered, ringing, talking or held. At most one. */
export function activeHandling(call: CallModel): HandlingModel | undefined {
  return call.handlings.find((handling) => openPhases.includes(handling.phase));
}

/** The handling by its id, in any phase. */
export function handlingOf(call: CallModel, handlingId: string): HandlingModel | undefined {
  return call.handlings.find((handling) => handling.id === handlingId);
}

/** The agent's last handling of this call. */
export function lastHandlingOfAgent(call: CallModel, agentId: string): HandlingModel | undefined {
  return call.handlings.findLast((handling) => handling.agentId === agentId);
}

/** What facts about a handling carry. */
export function idsOf(handling: HandlingModel): { handlingId: string; agentId: string } {
  return { handlingId: handling.id, agentId: handling.agentId };
}

/** The talk room's id at the engine. */
export function roomOf(call: CallModel): string {
  return `talk-${call.id}`;
}

/** Nothing is left to do: the legs are gone and every record is written. */
export function settled(call: CallModel): boolean {
  return call.closed && call.handlings.every((handling) => handling.phase !== 'wrap-up');
}
