import { Injectable } from '@nestjs/common';
import { type Login, type Permission, permissions, type Session } from '../contracts/identity.js';
import { type Actor, may } from '../kernel/actor.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { addressBlock } from '../platform/http/address-block.js';
import { Audit } from './audit.js';
import { knownDevice } from './device-cookie.js';
import type { Place } from './domain/guessing.js';
import { PasswordChecks } from './password-checks.js';
import { passwordFits } from './passwords.js';
import { People, personOf } from './people.js';
import { type Origin, Sessions } from './sessions.js';
import { SignInLimits, waitAWhile } from './sign-in-limits.js';

export interface SignedIn {
  token: string;
  endsAt: Date;
  session: Session;
}

/** More passwords wait to be looked at than may. */
const busyMs = 2_000;

/** Signs people in and out. */
@Injectable()
export class SignIn {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly limits: SignInLimits,
    private readonly checks: PasswordChecks,
    private readonly audit: Audit,
    private readonly config: Config,
  ) {}

  /**
   * The same answer, after the same work, for an unknown login as for a wrong password. `cookieHeader` tells whether the
   * place is known.
   */
  async signIn(
    { login, password }: Login,
    origin: Origin,
    cookieHeader: string | undefined,
  ): Promise<SignedIn | Refusal> {
    const name = login.toLowerCase();
    const place = this.placeOf(name, origin, cookieHeader);
    const taken = await this.limits.take(name, place);
    if (isRefusal(taken)) return taken;
    const checked = await this.checks.pass(place, async () => {
      const person = await this.people.byLogin(name);
      return { person, fits: await passwordFits(password, person?.passwordHash) };
    });
    if (!checked) {
      await this.limits.giveBack(name, place);
      return waitAWhile(busyMs);
    }
    const { person, fits } = checked;
    if (!fits || !person) {
      await this.audit.write({ login: name }, 'session.refused', 'session', { address: origin.address });
      return taken.slowMs > 0 ? waitAWhile(taken.slowMs) : refuse('session.wrong-credentials');
    }
    await this.limits.proved(name, place);
    const { token, actor, expiresAt, endsAt } = await this.sessions.open(person, origin);
    await this.audit.write(actor, 'session.opened', `session:${actor.sessionId}`, {
      address: origin.address,
    });
    return { token, endsAt, session: sessionOf(personOf(person), actor, expiresAt) };
  }

  private placeOf(login: string, { address }: Origin, cookieHeader: string | undefined): Place {
    const device = knownDevice(cookieHeader, login, this.config.secret);
    return device === undefined ? { known: false, address: addressBlock(address) } : { known: true, device };
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
