import { type Permission, permissions, type Role } from '../contracts/identity.js';
import { type Refusal, refuse } from './refusal.js';

/** What holds of a person now, in every session of theirs. */
export interface Standing {
  readonly personId: string;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  /** Agents only. */
  readonly agentNumber: string | null;
  /** Handles no calls any more, and is still in one: may bring it to its end, and gets no other. */
  readonly finishing?: boolean;
  /** Finishing, and nothing else: the house has let them go. */
  readonly dismissed?: boolean;
}

/** Who asks: made from the session at the edge and handed to every service method. */
export interface Actor extends Standing {
  readonly sessionId: string;
}

/** What a call in course needs of its agent: the desk's commands, the softphone, the record's rules. */
const finishingNeeds: readonly Permission[] = ['call.handle', 'presence.own', 'policy.read'];

/** True when the role has the permission, or the call that is being finished needs it. */
export function may(who: Standing, permission: Permission): boolean {
  if (who.finishing && finishingNeeds.includes(permission)) return true;
  return !who.dismissed && (permissions[permission] as readonly Role[]).includes(who.role);
}

/** First line of a service method: `const denied = denyUnless(actor, 'call.handle'); if (denied) return denied;` */
export function denyUnless(actor: Standing, ...anyOf: Permission[]): Refusal | undefined {
  if (anyOf.some((permission) => may(actor, permission))) return undefined;
  return refuse('permission.denied', { needs: anyOf });
}
