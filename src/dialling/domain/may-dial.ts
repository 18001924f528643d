import type { DiallingRules } from '../../contracts/dialling.js';
import type { Role } from '../../contracts/identity.js';
import { type Dialled, normalise } from './normalise.js';

/** True when the role may dial the number: a denied prefix wins, then an allowed one, then the kind of destination. */
export function mayDial(rules: DiallingRules, role: Role, { number, destination }: Dialled): boolean {
  const begins = (prefix: string) => number.startsWith(prefix);
  if (rules.denied.some(begins)) return false;
  const own = rules.roles.find((each) => each.role === role);
  return own ? own.allowed.some(begins) || own.destinations.includes(destination) : false;
}

/** A number that the supervisor wrote into the phone book may be dialled unless its beginning is denied. */
export function isDenied(rules: DiallingRules, number: string): boolean {
  return rules.denied.some((prefix) => number.startsWith(prefix));
}

/** True for one of the house's own numbers, in whatever form they were set: dialled out, it comes in again. */
export function leadsBack(number: string, own: readonly string[], areaCode: string): boolean {
  return own.some((each) => (normalise(each, areaCode)?.number ?? each) === number);
}
