import type { Actor } from '../../kernel/actor.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Who is at the door: tells the person behind a request's or a socket's cookie. Identity implements it. */
export abstract class Doorkeeper {
  /** The actor of the session in a `Cookie` header, whose expiry slides on; or why there is none. */
  abstract admit(cookieHeader: string | undefined): Promise<Actor | Refusal>;
  /** For open sockets: slides the sessions that were used, and tells which of all these have ended meanwhile. */
  abstract review(sessionIds: readonly string[], used: readonly string[]): Promise<string[]>;
  /** This person asked for what their role may not: `what` names the route or command. For the record. */
  abstract turnedAway(actor: Actor, what: string): Promise<void>;
}
