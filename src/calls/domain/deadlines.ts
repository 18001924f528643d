import type { PolicyDocument } from '../../contracts/policy.js';
import { numberDeadline } from './agent-number.js';
import { activeHandling, type CallModel, type HandlingModel, idsOf } from './call-model.js';
import { type Told, tell } from './decision.js';
import { agentGone, ringMissed } from './endings.js';
import { helpEnded } from './help-facts.js';
import { inMenu, menuResumes, menuTimedOut, menuTimeout } from './menu.js';
import type { MenuRules } from './menu-model.js';
import { transferFailed } from './transfer-endings.js';

/** The policy's parts that deadlines need. */
export type DeadlinePolicy = Pick<PolicyDocument, 'ring' | 'hold' | 'hangUp' | 'away' | 'transfer'>;

/** A phone that has not begun to ring within this is not there. */
const offerPatienceMs = 6_000;
/** A lead's softphone answers by itself. */
const helpPatienceMs = 10_000;
/** A waiting caller is told so after this, and again at intervals. */
const firstPromptAfterMs = 2_500;
const promptEveryMs = 30_000;
/** Longer than any prompt may be. */
const promptPatienceMs = 200_000;
/** The engine's word of an answer just before the end may be on its way: it carries its own, earlier, time. */
const settleMs = 150;

/** All-busy announcement; the file lives with the engine's sounds. */
export const allBusySound = 'sanling/all-busy';

interface Deadline {
  /** What the fact says as its time. */
  at: number;
  /** When the server acts on it, at the earliest. */
  actAt: number;
  facts: () => Told[];
}

/** How long an agent's phone rings (clause 26.1: the fourth ring would start here). */
export function ringMs(ring: PolicyDocument['ring']): number {
  return ring.rings * (ring.onMs + ring.offMs);
}

function ringDeadline(call: CallModel, handling: HandlingModel, policy: DeadlinePolicy): Deadline[] {
  const missed = (at: number, why: 'three-rings' | 'unreachable'): Deadline => ({
    at,
    actAt: at + settleMs,
    facts: () => ringMissed(call, handling, at, 'system', why),
  });
  if (handling.phase === 'ringing' && handling.ringStartedAt !== null) {
    return [missed(handling.ringStartedAt + ringMs(policy.ring), 'three-rings')];
  }
  return handling.phase === 'offered' ? [missed(handling.offeredAt + offerPatienceMs, 'unreachable')] : [];
}

/** Clause 26.7: a target that does not answer in time gives the customer back. */
function transferDeadline(call: CallModel, policy: DeadlinePolicy): Deadline[] {
  const { transfer } = call;
  if (!transfer || transfer.answeredAt !== null) return [];
  const at = transfer.requestedAt + policy.transfer.patienceMs;
  return [{ at, actAt: at + settleMs, facts: () => transferFailed(call, at, 'no-answer') }];
}

/** A lead's own phone that is not there. */
function helpDeadlines(call: CallModel): Deadline[] {
  return call.helps
    .filter(({ phase }) => phase === 'ringing')
    .map((help) => {
      const at = help.since + helpPatienceMs;
      return { at, actAt: at + settleMs, facts: () => [helpEnded(call, help, at, 'no-device')] };
    });
}

function holdDeadlines(handling: HandlingModel, policy: DeadlinePolicy): Deadline[] {
  const { hold } = handling;
  if (handling.phase !== 'held' || !hold || hold.startedAt === null) return [];
  const ids = { ...idsOf(handling), holdId: hold.id };
  const due = (
    at: number,
    kind: 'hold.reminded' | 'hold.limit-reached' | 'hold.ceiling-reached',
  ): Deadline => ({
    at,
    actAt: at,
    facts: () => [tell(at, 'system', kind, ids)],
  });
  const limitAt = hold.startedAt + hold.limitMs;
  const ceilingAt = hold.startedAt + policy.hold.ceilingMs;
  const remindAt = Math.max(hold.startedAt, Math.min(limitAt, ceilingAt) - policy.hold.remindBeforeMs);
  return [
    ...(hold.reminded ? [] : [due(remindAt, 'hold.reminded')]),
    ...(hold.limitReached ? [] : [due(limitAt, 'hold.limit-reached')]),
    ...(hold.ceilingReached ? [] : [due(ceilingAt, 'hold.ceiling-reached')]),
  ];
}

/**
 * Until when a hang-up waits for the customer (clauses 23.15, 27.2): the grace after the last word of either side.
 * Null while somebody speaks.
 */
export function graceUntil(handling: HandlingModel, graceMs: number): number | null {
  if (!handling.hangUp || handling.agentSpeaking || handling.customerSpeaking) return null;
  return Math.max(handling.hangUp.requestedAt, handling.lastSpeechAt ?? 0) + graceMs;
}

function graceDeadline(handling: HandlingModel, policy: DeadlinePolicy): Deadline[] {
  if (handling.phase !== 'talking' || handling.hangUpCarriedOut) return [];
  const at = graceUntil(handling, policy.hangUp.graceMs);
  if (at === null) return [];
  const facts = () => [tell(at, 'system', 'hang-up.carried-out', { ...idsOf(handling), reason: null })];
  return [{ at, actAt: at + settleMs, facts }];
}

/** An agent who is away is awaited for a limited time; then the customer goes to the next one. */
function awayDeadline(call: CallModel, handling: HandlingModel, policy: DeadlinePolicy): Deadline[] {
  if (!handling.away) return [];
  const at = handling.away.since + policy.away.limitMs;
  return [{ at, actAt: at + settleMs, facts: () => agentGone(call, handling, at, 'not-back') }];
}

function promptDeadline(call: CallModel): Deadline[] {
  if (call.state !== 'queued' || !call.queue || call.promptId !== null || activeHandling(call)) return [];
  const at =
    call.lastPromptAt === null
      ? call.queue.enteredAt + firstPromptAfterMs
      : call.lastPromptAt + promptEveryMs;
  const promptId = `prompt-${call.id}-${call.promptsPlayed + 1}`;
  return [
    { at, actAt: at, facts: () => [tell(at, 'system', 'prompt.started', { promptId, sound: allBusySound })] },
  ];
}

/** A key that does not come in time, or a prompt of whose end nothing is heard. */
function menuDeadlines(call: CallModel, rules: MenuRules | null): Deadline[] {
  if (!rules || !inMenu(call)) return [];
  if (call.promptId !== null) {
    const at = (call.lastPromptAt ?? call.stateSince) + promptPatienceMs;
    return [{ at, actAt: at, facts: () => menuResumes(call, rules, at) }];
  }
  const at = menuTimeout(call, rules);
  // A key pressed just in time may still be on its way.
  return at === null ? [] : [{ at, actAt: at + settleMs, facts: () => menuTimedOut(call, rules, at) }];
}

function deadlines(call: CallModel, policy: DeadlinePolicy, rules: MenuRules | null): Deadline[] {
  const handling = activeHandling(call);
  return [
    ...call.handlings.flatMap((each) => ringDeadline(call, each, policy)),
    ...transferDeadline(call, policy),
    ...helpDeadlines(call),
    ...(handling ? numberDeadline(handling) : []),
    ...(handling ? holdDeadlines(handling, policy) : []),
    ...(handling ? graceDeadline(handling, policy) : []),
    ...(handling ? awayDeadline(call, handling, policy) : []),
    ...promptDeadline(call),
    ...menuDeadlines(call, rules),
  ].sort((a, b) => a.at - b.at);
}

/**
 * When the server must look at the call again (ms since the epoch); null: nothing is due. `rules`: of the flow that the
 * caller is led by.
 */
export function nextLook(
  call: CallModel,
  policy: DeadlinePolicy,
  rules: MenuRules | null = null,
): number | null {
  const times = deadlines(call, policy, rules).map(({ actAt }) => actAt);
  return times.length > 0 ? Math.min(...times) : null;
}

/** The facts of the first deadline that has come; ask again after appending them. */
export function dueFacts(
  call: CallModel,
  policy: DeadlinePolicy,
  now: number,
  rules: MenuRules | null = null,
): Told[] {
  return (
    deadlines(call, policy, rules)
      .find(({ actAt }) => actAt <= now)
      ?.facts() ?? []
  );
}
