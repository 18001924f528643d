import type { PolicyDocument } from '../../contracts/policy.js';

/**
 * Whether a leg's sound is bad by the policy. It turns only after it was the other way for as long as the policy says,
 * without a break, so that one bad second alarms nobody and one good second calls nobody off.
 *
 *   good --(below `mosBelow` for `badForMs`)--> bad --(not below for `badForMs`)--> good
 */
export interface SoundWatch {
  bad: boolean;
  /** Since when the sound has been the other way; null while it is as `bad` says. */
  contrarySince: number | null;
  /** Until when it is known how the sound was. */
  knownUntil: number | null;
}

export type Turn = 'dropped' | 'recovered';

/** Nothing was measured for so long that what was before does not count any more. */
const forgottenAfterMs = 20_000;

/** At the beginning of a leg's sound; `bad`: an earlier process told so. */
export function beginWatch(bad = false): SoundWatch {
  return { bad, contrarySince: null, knownUntil: null };
}

/** The watch after the sound was `mos` from `from` until `until`, and the turn that this brought. */
export function watched(
  before: SoundWatch,
  seen: { mos: number; from: number; until: number },
  { mosBelow, badForMs }: PolicyDocument['quality'],
): { watch: SoundWatch; turn: Turn | null } {
  const contrary = seen.mos < mosBelow !== before.bad;
  if (!contrary) return { watch: { ...before, contrarySince: null, knownUntil: seen.until }, turn: null };
  const interrupted = before.knownUntil !== null && seen.from - before.knownUntil > forgottenAfterMs;
  const since = interrupted || before.contrarySince === null ? seen.from : before.contrarySince;
  if (seen.until - since < badForMs)
    return { watch: { ...before, contrarySince: since, knownUntil: seen.until }, turn: null };
  const bad = !before.bad;
  return {
    watch: { bad, contrarySince: null, knownUntil: seen.until },
    turn: bad ? 'dropped' : 'recovered',
  };
}
