import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { tidyLine } from '../contracts/text.js';
import type { Actor } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Config } from '../platform/config/config.js';
import { Doorkeeper } from '../platform/http/doorkeeper.js';
import { type PersonRow, personEntity } from './person.entity.js';
import { type SessionRow, sessionEntity } from './session.entity.js';
import { newToken, tokenHash, tokenIn } from './session-token.js';

const slidingMs = 12 * 3_600_000;
const absoluteMs = 24 * 3_600_000;
/** Use is noted at most once a minute. */
const noteEveryMs = 60_000;

/** Where a sign-in came from, for the record. */
export interface Origin {
  address: string;
  browser: string;
}

export interface OpenSession {
  actor: Actor;
  expiresAt: Date;
  endsAt: Date;
}

/** Sessions: opened by a sign-in, slide on while used, end after twelve idle hours, after a day, or at sign-out. */
@Injectable()
export class Sessions extends Doorkeeper {
  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly announcements: Announcements,
  ) {
    super();
  }

  /** Opens a session; the token is told here and never again. */
  async open(person: PersonRow, origin: Origin): Promise<OpenSession & { token: string }> {
    const token = newToken();
    const now = this.clock.now();
    const session: SessionRow = {
      id: randomUUID(),
      tokenHash: tokenHash(token, this.config.secret),
      personId: person.id,
      openedAt: new Date(now),
      usedAt: new Date(now),
      expiresAt: new Date(now + slidingMs),
      endsAt: new Date(now + absoluteMs),
      closedAt: null,
      address: origin.address,
      browser: tidyLine(origin.browser, 300),
    };
    await this.rows.insert(session);
    return { token, ...openSession(session, person) };
  }

  async admit(cookieHeader: string | undefined): Promise<Actor | Refusal> {
    const found = await this.find(cookieHeader);
    return 'actor' in found ? found.actor : found;
  }

  /** The session of a `Cookie` header. Use slides its expiry on. */
  async find(cookieHeader: string | undefined): Promise<OpenSession | Refusal> {
    const token = tokenIn(cookieHeader);
    if (!token) return refuse('session.none');
    const session = await this.rows.findOneBy({ tokenHash: tokenHash(token, this.config.secret) });
    if (!session) return refuse('session.none');
    if (!this.isOpen(session)) {
      await this.close([session.id]);
      return refuse('session.expired');
    }
    const person = await this.source
      .getRepository(personEntity)
      .findOneBy({ id: session.personId, active: true });
    if (!person) return refuse('session.expired');
    await this.slide([session]);
    return openSession(session, person);
  }

  async review(sessionIds: readonly string[], used: readonly string[]): Promise<string[]> {
    const sessions = await this.rows.findBy({ id: In([...sessionIds]) });
    const open = sessions.filter((session) => this.isOpen(session));
    const openIds = new Set(open.map((session) => session.id));
    const ended = sessionIds.filter((id) => !openIds.has(id));
    await this.slide(open.filter((session) => used.includes(session.id)));
    await this.close(ended);
    return ended;
  }

  /** Ends sessions; each that was open is announced once. */
  async close(sessionIds: readonly string[]): Promise<void> {
    if (sessionIds.length === 0) return;
    const closed = await this.source
      .createQueryBuilder()
      .update(sessionEntity)
      .set({ closedAt: new Date(this.clock.now()) })
      .where({ id: In([...sessionIds]), closedAt: IsNull() })
      .returning('id, person_id')
      .execute();
    const rows = closed.raw as { id: string; person_id: string }[];
    for (const row of rows) {
      this.announcements.announce({ kind: 'session.closed', sessionId: row.id, personId: row.person_id });
    }
  }

  private get rows() {
    return this.source.getRepository(sessionEntity);
  }

  private isOpen(session: SessionRow): boolean {
    const now = this.clock.now();
    return session.closedAt === null && session.expiresAt.getTime() > now && session.endsAt.getTime() > now;
  }

  private async slide(sessions: readonly SessionRow[]): Promise<void> {
    const now = this.clock.now();
    const due = sessions.filter((session) => now - session.usedAt.getTime() >= noteEveryMs);
    for (const session of due) {
      session.usedAt = new Date(now);
      session.expiresAt = new Date(Math.min(now + slidingMs, session.endsAt.getTime()));
      await this.rows.update(
        { id: session.id, closedAt: IsNull() },
        { usedAt: session.usedAt, expiresAt: session.expiresAt },
      );
    }
  }
}

function openSession(session: SessionRow, person: PersonRow): OpenSession {
  const { id, role, login, name, agentNumber } = person;
  return {
    actor: { personId: id, sessionId: session.id, role, login, name, agentNumber },
    expiresAt: session.expiresAt,
    endsAt: session.endsAt,
  };
}
