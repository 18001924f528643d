import type { NotReadyReason } from '../../contracts/presence.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';
import { heldByCall, type PresenceModel, type PresenceMove, presenceMachine } from './presence-machine.js';

/** The presence after a change; undefined when the change does not apply now, which leaves everything as it is. */
export type Change = (presence: PresenceModel, now: number) => PresenceModel | Refusal | undefined;

const free = { reason: null, callId: null, handlingId: null, next: null, nextReason: null } as const;

/** The only place where a presence's state is written (beside the reservation script). */
function move(
  presence: PresenceModel,
  by: PresenceMove,
  now: number,
  changes: Partial<PresenceModel> = {},
): PresenceModel | undefined {
  const state = presenceMachine.next(presence.state, by);
  if (!state) return undefined;
  return { ...presence, since: now, ...changes, state };
}

const heldBy = (presence: PresenceModel, callId: string, handlingId?: string): boolean =>
  presence.callId === callId && (handlingId === undefined || presence.handlingId === handlingId);

/** The agent's desk connected. */
export const signedIn: Change = (presence, now) =>
  move(presence, 'signed-in', now, { ...free, reason: 'signed-in' });

/** The agent asks to be ready: only with a softphone; kept for later while a call is being talked or wrapped up. */
export const readyWished: Change = (presence, now) => {
  if (presence.state === 'ringing') return refuse('presence.not-allowed-now', { state: presence.state });
  if (heldByCall(presence)) return { ...presence, next: 'ready', nextReason: null };
  if (!presence.deviceReady) return refuse('presence.no-device');
  if (presence.state === 'ready') return undefined;
  return move(presence, 'ready-wished', now, { ...free, idleSince: now });
};

/** The agent asks not to be given calls. */
export const notReadyWished =
  (reason: NotReadyReason): Change =>
  (presence, now) => {
    if (presence.state === 'ringing') return refuse('presence.not-allowed-now', { state: presence.state });
    if (heldByCall(presence)) return { ...presence, next: 'not-ready', nextReason: reason };
    if (presence.state === 'not-ready' && presence.reason === reason) return undefined;
    return move(presence, 'not-ready-wished', now, { ...free, reason });
  };

/** A call takes the agent: the same change as the reservation script's, for one agent that was chosen otherwise. */
export const reserved =
  (callId: string, handlingId: string): Change =>
  (presence, now) =>
    presence.deviceReady ? move(presence, 'reserved', now, { ...free, callId, handlingId }) : undefined;

export const answered =
  (callId: string, handlingId: string): Change =>
  (presence, now) =>
    heldBy(presence, callId, handlingId) ? move(presence, 'answered', now) : undefined;

/**
 * The agent takes a call by their own doing: dials out, or as a lead takes over. Who was not ready is so again after it,
 * unless they say otherwise meanwhile.
 */
export const tookCall =
  (callId: string, handlingId: string): Change =>
  (presence, now) => {
    if (!presence.deviceReady) return undefined;
    const wasAway = presence.state === 'not-ready' && presence.reason !== 'helping';
    const next = wasAway
      ? ({ next: 'not-ready', nextReason: presence.reason } as const)
      : ({ next: null, nextReason: null } as const);
    return move(presence, 'took-call', now, { ...free, callId, handlingId, ...next });
  };

/** A lead goes to help: no calls from queues meanwhile. */
export const helps: Change = (presence, now) =>
  presence.state === 'ready'
    ? move(presence, 'not-ready-wished', now, { ...free, reason: 'helping' })
    : undefined;

/** The help is over: a lead who had been ready for calls is so again. */
export const helped: Change = (presence, now) =>
  presence.state === 'not-ready' && presence.reason === 'helping' && presence.deviceReady
    ? move(presence, 'ready-wished', now, { ...free, idleSince: now })
    : undefined;

/** What a call knows of the agent whom it holds, where presence knew otherwise. */
export interface Found {
  callId: string;
  handlingId: string;
  state: 'ringing' | 'talking' | 'wrap-up';
}

/** An agent whom another call holds is that call's to let go. */
export const found =
  ({ callId, handlingId, state }: Found): Change =>
  (presence, now) =>
    presence.callId === null || presence.callId === callId
      ? move(presence, `found-${state}`, now, { callId, handlingId, reason: null })
      : undefined;

/** The ring ended without an answer: the agent is given no more calls until they say so. */
export const missed =
  (callId: string, reason: 'missed-call' | 'device-lost'): Change =>
  (presence, now) =>
    heldBy(presence, callId) ? move(presence, 'missed', now, { ...free, reason }) : undefined;

/** The ring ended through no fault of the agent: back to the old place among the idle. */
export const released =
  (callId: string, handlingId?: string): Change =>
  (presence, now) =>
    heldBy(presence, callId, handlingId)
      ? move(presence, 'released', now, { ...free, since: presence.idleSince })
      : undefined;

export const talkEnded =
  (callId: string, handlingId: string): Change =>
  (presence, now) =>
    heldBy(presence, callId, handlingId) ? move(presence, 'talk-ended', now) : undefined;

/**
 * The call lets go of the agent, who becomes what they asked for meanwhile, else ready. A softphone that is missing for
 * the moment (the page was just loaded again) does not change that: nobody rings it, and `deviceLost` follows if it stays
 * away.
 */
export const wrapUpDone =
  (callId: string): Change =>
  (presence, now) => {
    if (!heldBy(presence, callId)) return undefined;
    if (presence.next === 'not-ready') {
      return move(presence, 'freed-not-ready', now, { ...free, reason: presence.nextReason });
    }
    return move(presence, 'freed-ready', now, { ...free, idleSince: now });
  };

/** The softphone may be rung, or may not for now. Which state follows is decided later, when it stays away. */
export const deviceIs =
  (ready: boolean): Change =>
  (presence) =>
    presence.deviceReady === ready ? undefined : { ...presence, deviceReady: ready };

/** The softphone stayed away. A call that holds the agent is the call's to settle. */
export const deviceLost: Change = (presence, now) => {
  const without: PresenceModel = { ...presence, deviceReady: false };
  const gone = move(without, 'device-lost', now, { ...free, reason: 'device-lost' });
  return gone ?? (presence.deviceReady ? without : undefined);
};

/** The agent left: signed out, or no tab of theirs has been connected for long. */
export const left: Change = (presence, now) => move(presence, 'left', now, { ...free, deviceReady: false });
