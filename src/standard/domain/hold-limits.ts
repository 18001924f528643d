import type { PolicyDocument } from '../../contracts/policy.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';

export interface HoldRequest {
  readonly reason: string;
  readonly consent: boolean;
  readonly limitMs: number;
}

/** Clauses 24.13 and 26.4 before a hold: consent, a known reason, and a promise that the minute allows. */
export function checkHold(policy: PolicyDocument, request: HoldRequest): Refusal | undefined {
  if (!policy.hold.reasons.some(({ code }) => code === request.reason))
    return refuse('hold.reason-unknown', { reason: request.reason });
  if (!request.consent) return refuse('hold.no-consent');
  const longestMs = Math.min(policy.hold.ceilingMs, Math.max(...policy.hold.limitChoicesMs));
  if (request.limitMs > longestMs)
    return refuse('hold.limit-too-long', { limitMs: request.limitMs, longestMs });
  return undefined;
}

export interface HoldLimits {
  /** The agent is reminded that the promise is about to run out. */
  readonly remindAt: number;
  /** The promised limit. */
  readonly limitAt: number;
  /** The one minute of clause 24.14. */
  readonly ceilingAt: number;
}

/** The deadlines of a hold that began at `startedAt` (ms since the epoch) with the promised `limitMs`. */
export function holdLimits(policy: PolicyDocument, limitMs: number, startedAt: number): HoldLimits {
  const limitAt = startedAt + limitMs;
  return {
    remindAt: Math.max(startedAt, limitAt - policy.hold.remindBeforeMs),
    limitAt,
    ceilingAt: startedAt + policy.hold.ceilingMs,
  };
}
