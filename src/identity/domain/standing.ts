import { may, type Standing } from '../../kernel/actor.js';

/** What of a person decides what they may do. */
export interface Employed extends Omit<Standing, 'finishing' | 'dismissed'> {
  readonly active: boolean;
}

/** Only of somebody who may handle no calls it matters whether they are still in one. */
export function callsMatter({ active, ...person }: Employed): boolean {
  return !active || !may(person, 'call.handle');
}

/**
 * What holds of a person now; null: nothing, and their sessions end. Whoever may handle no calls any more (dismissed, or
 * given another role) and is in one brings it to its end first: the customer is not to suffer for it.
 */
export function standingOf(person: Employed, inCall: boolean): Standing | null {
  const { active, ...standing } = person;
  if (!callsMatter(person)) return standing;
  if (inCall) return { ...standing, finishing: true, ...(!active && { dismissed: true }) };
  return active ? standing : null;
}
