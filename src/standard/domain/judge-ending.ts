import type { PolicyDocument } from '../../contracts/policy.js';
import {
  type Finding,
  facts,
  found,
  inProgress,
  type Judge,
  ofTalk,
  range,
  seconds,
  unknownGap,
} from './finding.js';
import { type EndEvent, isPassedOn, type PassedOn } from './handling-ending.js';
import { gapWithin, type HandlingStory } from './handling-story.js';
import { msOf } from './timeline-facts.js';

/** Clauses 23.15 and 27.2: the customer hangs up first; the agent only after a short silence, or for a good reason. */
export const judgeEnding: Judge = ofTalk((story, policy) => {
  const { end } = story;
  if (!end) return inProgress();
  if (isPassedOn(end)) return found('not-applicable', howPassedOn(end), {}, facts(end));
  const endMs = msOf(end);
  const graceFromMs = endMs - policy.hangUp.graceMs;
  // A stretch just before the end that nobody saw can hide who ended it: reconnecting, we only find the call gone.
  const gap = gapWithin(story, graceFromMs, endMs + 1);
  if (gap) return unknownGap(gap);
  switch (whoEnded(end)) {
    case 'customer':
      return found('pass', 'ending.customer-first', {}, facts(end));
    case 'agent':
      return judgeAgentEnded(story, end, policy);
    case 'system':
      return found('not-applicable', 'ending.by-system', {}, facts(end));
    default:
      return found('not-determinable', 'ending.connection-lost', {}, facts(end));
  }
});

/** The customer did not hang up on this agent, nor this agent on the customer. */
function howPassedOn(end: PassedOn) {
  if (end.kind === 'transfer.completed') return 'ending.transferred';
  if (end.kind !== 'charge.passed') return 'ending.left-conference';
  const how = {
    transfer: 'ending.transferred',
    left: 'ending.left-conference',
    'take-over': 'ending.taken-over',
  } as const;
  return how[end.data.why];
}

function whoEnded(end: Exclude<EndEvent, PassedOn>): 'customer' | 'agent' | 'system' | 'engine' {
  if (end.kind === 'hang-up.carried-out') return 'agent';
  // A phone that vanished is no hang-up; one that hung up by itself is.
  if (end.kind === 'agent.lost') return end.data.why === 'left' ? 'agent' : 'engine';
  if (end.kind === 'consult.ended') return 'system';
  // The party to whom the customer was handed over hung up: not this agent's doing.
  return end.data.by === 'outside' ? 'system' : end.data.by;
}

function judgeAgentEnded(story: HandlingStory, end: EndEvent, policy: PolicyDocument): Finding {
  const reason = end.kind === 'hang-up.carried-out' ? end.data.reason : null;
  if (reason !== null) return judgeReason(end, reason, policy);
  if (story.speeches.length === 0) return found('not-determinable', 'speech-missing', {}, facts(end));
  const endMs = msOf(end);
  const lastMs = story.speeches.reduce(
    (latest, { untilMs }) => Math.max(latest, Math.min(untilMs ?? endMs, endMs)),
    0,
  );
  const last = story.speeches.findLast(({ untilMs }) => Math.min(untilMs ?? endMs, endMs) === lastMs);
  const silentMs = endMs - lastMs;
  const params = { seconds: seconds(silentMs), limitSeconds: seconds(policy.hangUp.graceMs) };
  const evidence = [...facts(last?.event, end), range('silence-before-end', lastMs, endMs)];
  return silentMs >= policy.hangUp.graceMs
    ? found('pass', 'ending.after-grace', params, evidence)
    : found('fail', 'ending.agent-first', params, evidence);
}

function judgeReason(end: EndEvent, reason: string, policy: PolicyDocument): Finding {
  const judged = policy.hangUp.reasons.find(({ code }) => code === reason)?.judged ?? 'fail';
  const code = {
    pass: 'ending.reason-accepted',
    fail: 'ending.reason-not-accepted',
    'for-inspector': 'ending.reason-to-judge',
  } as const;
  return found(judged, code[judged], { reason }, facts(end));
}
