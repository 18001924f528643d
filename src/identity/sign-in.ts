import { Injectable } from '@nestjs/common';
import { type Login, type Permission, permissions, type Session } from '../contracts/identity.js';
import { type Actor, may } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Audit } from './audit.js';
import { passwordFits } from './passwords.js';
import { People, personOf } from './people.js';
import { type Origin, Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';

export interface SignedIn {
  token: string;
  endsAt: Date;
  session: Session;
}

/** Signs people in and out. */
@Injectable()
export class SignIn {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly limits: SignInLimits,
    private readonly audit: Audit,
  ) {}

  /** The same answer, after the same work, for an unknown login as for a wrong password. */
  async signIn({ login, password }: Login, origin: Origin): Promise<SignedIn | Refusal> {
    const name = login.toLowerCase();
    const tooMany = await this.limits.take(name, origin.address);
    if (tooMany) return tooMany;
    const person = await this.people.byLogin(name);
    if (!(await passwordFits(password, person?.passwordHash)) || !person) {
      await this.audit.write({ login: name }, 'session.refused', 'session', { address: origin.address });
      return refuse('session.wrong-credentials');
    }
    await this.limits.giveBack(name, origin.address);
    const { token, actor, expiresAt, endsAt } = await this.sessions.open(person, origin);
    await this.audit.write(actor, 'session.opened', `session:${actor.sessionId}`, {
      address: origin.address,
    });
    return { token, endsAt, session: sessionOf(personOf(person), actor, expiresAt) };
  }

  /** The session behind a cookie, as the client sees it. */
  async current(cookieHeader: string | undefined): Promise<Session | Refusal> {
    const found = await this.sessions.find(cookieHeader);
    if (!('actor' in found)) return found;
    const person = await this.people.byId(found.actor.personId);
    return person ? sessionOf(person, found.actor, found.expiresAt) : refuse('session.expired');
  }

  async signOut(actor: Actor): Promise<void> {
    await this.sessions.close([actor.sessionId]);
    await this.audit.write(actor, 'session.closed', `session:${actor.sessionId}`);
  }
}

function sessionOf(person: Session['person'], actor: Actor, expiresAt: Date): Session {
  const names = Object.keys(permissions) as Permission[];
  return {
    person,
    permissions: names.filter((name) => may(actor, name)),
    expiresAt: expiresAt.toISOString(),
    finishing: actor.finishing ?? false,
  };
}
