import type { Actor } from '../../kernel/actor.js';
import type { Refusal } from '../../kernel/refusal.js';

/** Who is at the door: tells the person behind a request's or a socket's cookie. Identity implements it. */
export abstract class Doorkeeper {
  /** Names the session of a `Cookie` header without looking it up; undefined: there is none that we gave out. */
  abstract keyOf(cookieHeader: string | undefined): string | undefined;
  /** The actor of the session in a `Cookie` header, whose expiry slides on; or why there is none. */
  abstract admit(cookieHeader: string | undefined): Promise<Actor | Refusal>;
  /**
   * For open sockets: slides the sessions that were used, and tells who acts in each that is still open. What is missing has
   * ended.
   */
  abstract review(sessionIds: readonly string[], used: readonly string[]): Promise<Map<string, Actor>>;
  /** This person asked for what their role may not: `what` names the route or command. For the record. */
  abstract turnedAway(actor: Actor, what: string): Promise<void>;
}
