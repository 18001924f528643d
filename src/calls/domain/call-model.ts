import type { CallOutcome, CallState, HandlingPhase, Seat } from '../../contracts/call.js';
import { mainNode } from '../../contracts/node.js';
import type { EndedBy, Speaker, TimelineEventOf } from '../../contracts/timeline.js';
import type { Target } from '../../contracts/transfer.js';
import type { WrapUp } from '../../contracts/wrap-up.js';
import type {
  AwayModel,
  DialModel,
  HangUpModel,
  HelpModel,
  HoldModel,
  PartyModel,
  TransferModel,
} from './call-parts.js';
import type { MenuModel } from './menu-model.js';

/** All times are ms since the epoch, from the facts' `at`. */

/** One agent's part in the call. */
export interface HandlingModel {
  id: string;
  /** Set for the target of a transfer. */
  transferId: string | null;
  /** A lead who took the call over: there was no ring. */
  tookOver: boolean;
  helpCalledAt: number | null;
  agentId: string;
  agentNumber: string;
  legId: string;
  /** The agent's leg may still exist. */
  legAlive: boolean;
  /** Legs that this one took the place of. */
  formerLegIds: readonly string[];
  away: AwayModel | null;
  /** The agent's phone is being rung for the running talk; until it answers, `legId` stays what it was. */
  recallLegId: string | null;
  /** When the customer was given up for this agent; null: was not. */
  lostAt: number | null;
  phase: HandlingPhase;
  offeredAt: number;
  ringStartedAt: number | null;
  answeredAt: number | null;
  /** The customer hears the agent's number before the two are connected; since when that is being said. */
  announcesNumber: boolean;
  announcingSince: number | null;
  talkStartedAt: number | null;
  endedAt: number | null;
  fileShown: boolean;
  muted: boolean;
  microphoneLost: boolean;
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
  /** `front`: put before those who have not talked with anybody yet. */
  queue: { id: string; name: string; enteredAt: number; front: boolean } | null;
  /** Where the customer goes when an outbound call's agent is lost, or a menu leads nowhere. */
  returnQueue: { id: string; name: string } | null;
  /** The caller's way through the announcements and menus before the queue; null: there were none. */
  menu: MenuModel | null;
  /** Keys written down so far, by who pressed them. */
  digits: Readonly<Record<Speaker, number>>;
  /** Ring offers so far. */
  attempts: number;
  customerLegAlive: boolean;
  promptId: string | null;
  promptsPlayed: number;
  lastPromptAt: number | null;
  recordingId: string | null;
  recordingStartedAt: number | null;
  handlings: readonly HandlingModel[];
  /** The handling that is responsible for the customer, or is being offered that. */
  mainId: string | null;
  transfer: TransferModel | null;
  /** Every transfer that was asked for, by its id: who asked, and why. */
  requests: Readonly<Record<string, { handlingId: string; reason: string; matter: string }>>;
  /** How the last transfer failed; null when another was begun or succeeded. */
  transferFailed: { why: string; target: Target; handlingId: string } | null;
  parties: readonly PartyModel[];
  helps: readonly HelpModel[];
  dial: DialModel | null;
  customerLeftAt: number | null;
  endedBy: EndedBy | null;
  /** `call.ended` has been told. */
  closed: boolean;
  outcome: CallOutcome;
}

const openPhases: readonly HandlingPhase[] = ['offered', 'ringing', 'consulted', 'talking', 'held'];

/** The agent's part is going on: from the offer until it was missed, cancelled or wrapped up. */
export const isOpen = ({ phase }: HandlingModel): boolean => openPhases.includes(phase);

/** The agent talks with the customer, or lets the customer wait. */
export const inTalk = (handling: HandlingModel | undefined): handling is HandlingModel =>
  handling?.phase === 'talking' || handling?.phase === 'held';

/** The handling that is responsible for the customer now: offered, ringing, talking or held. At most one. */
export function activeHandling(call: CallModel): HandlingModel | undefined {
  return call.handlings.find((handling) => handling.id === call.mainId && isOpen(handling));
}

/** Agents in the talk beside the responsible one. */
export function memberHandlings(call: CallModel): HandlingModel[] {
  return call.handlings.filter(({ id, phase }) => phase === 'talking' && id !== call.mainId);
}

/** Outside parties in the talk; not the one that a transfer is still asking. */
export function memberParties(call: CallModel): PartyModel[] {
  return call.parties.filter(({ id, phase }) => phase === 'here' && id !== call.transfer?.partyId);
}

/** More than one beside the customer is in the talk (leads not counted). */
export function inConference(call: CallModel): boolean {
  return memberHandlings(call).length + memberParties(call).length > 0;
}

/** Where the handling sits in the call. */
export function seatOf(call: CallModel, handling: HandlingModel): Seat {
  if (handling.id === call.mainId) return 'main';
  return handling.transferId !== null && handling.phase !== 'talking' ? 'target' : 'member';
}

/** Leads in the call, or being rung for it. */
export function helpers(call: CallModel): HelpModel[] {
  return call.helps.filter(({ phase }) => phase !== 'gone');
}

/** The leg of the transfer's target; undefined while nobody is rung. */
export function targetLeg(call: CallModel): string | undefined {
  const { transfer } = call;
  if (!transfer) return undefined;
  if (transfer.targetHandlingId) return handlingOf(call, transfer.targetHandlingId)?.legId;
  return call.parties.find(({ id }) => id === transfer.partyId)?.legId;
}

/** Every leg of the call that may exist at the engine, the customer's first. */
export function legsOf(call: CallModel): string[] {
  return [
    call.arrival.legId,
    ...call.handlings.flatMap(legsOfAgent),
    ...call.parties.map(({ legId }) => legId),
    ...call.helps.map(({ legId }) => legId),
  ];
}

function legsOfAgent({ legId, formerLegIds, recallLegId }: HandlingModel): string[] {
  return [...formerLegIds, legId, ...(recallLegId === null ? [] : [recallLegId])];
}

/** The customer waits with music because the agent asked for it, and is not on the way back. */
export const customerIsHeld = ({ hold }: HandlingModel): boolean => hold !== null && !hold.resumeRequested;

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

/** The machine of the engine that carries the call. */
export function nodeOf(call: CallModel): string {
  return call.arrival.node ?? mainNode;
}

/** Nothing is left to do: the legs are gone and every record is written. */
export function settled(call: CallModel): boolean {
  return call.closed && call.handlings.every((handling) => handling.phase !== 'wrap-up');
}
