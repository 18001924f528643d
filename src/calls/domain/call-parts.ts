import type { HelpMode } from '../../contracts/live-help.js';
import type { AwayReason } from '../../contracts/timeline.js';
import type { Target, TransferMode } from '../../contracts/transfer.js';

/** Parts of the call's model. All times are ms since the epoch, from the facts' `at`. */

/** Cause of what ended with the engine itself. */
export const engineLost = 'engine.lost';

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

/** The agent's phone went without the agent's will, and the agent is awaited. */
export interface AwayModel {
  since: number;
  why: AwayReason;
}

/** A transfer or invitation under way: from the customer's consent until the target is with the customer, or is not. */
export interface TransferModel {
  id: string;
  mode: TransferMode;
  /** Of the agent who asked. */
  handlingId: string;
  reason: string;
  target: Target;
  requestedAt: number;
  answeredAt: number | null;
  /** With whom the agent talks, once the target answered. */
  with: 'target' | 'customer';
  /** The target's part: an agent's handling, or an outside party; null while a queue looks for somebody. */
  targetHandlingId: string | null;
  partyId: string | null;
}

/** Somebody outside who was dialled into the call. */
export interface PartyModel {
  id: string;
  legId: string;
  number: string;
  name: string;
  phase: 'dialled' | 'ringing' | 'here' | 'gone';
  since: number;
}

/** A lead in the call. */
export interface HelpModel {
  id: string;
  leadId: string;
  leadName: string;
  leadNumber: string;
  legId: string;
  /** Whom the lead helps. */
  handlingId: string;
  wanted: HelpMode;
  /** What the engine does; null until it told. */
  mode: HelpMode | null;
  phase: 'ringing' | 'here' | 'gone';
  since: number;
}

/** An outbound call's preparation and progress. */
export interface DialModel {
  purpose: string;
  points: string;
  callerNumber: string;
  startedAt: number | null;
  ringingAt: number | null;
  answeredAt: number | null;
  refused: string | null;
}
