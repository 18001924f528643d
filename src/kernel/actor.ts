import { type Permission, permissions, type Role } from '../contracts/identity.js';
import { type Refusal, refuse } from './refusal.js';

/** Who asks: made from the session at the edge and handed to every service method. */
export interface Actor {
  readonly personId: string;
  readonly sessionId: string;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  /** Agents only. */
  readonly agentNumber: string | null;
}

/** True when the role has the permission. */
export function may(actor: Actor, permission: Permission): boolean {
  return (permissions[permission] as readonly Role[]).includes(actor.role);
}

/** First line of a service method: `const denied = denyUnless(actor, 'call.handle'); if (denied) return denied;` */
export function denyUnless(actor: Actor, ...anyOf: Permission[]): Refusal | undefined {
  if (anyOf.some((permission) => may(actor, permission))) return undefined;
  return refuse('permission.denied', { needs: anyOf });
}
