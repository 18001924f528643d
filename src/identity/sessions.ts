import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import type { RefusalCode } from '../contracts/refusal.js';
import { tidyLine } from '../contracts/text.js';
import type { Actor, Standing } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Announcements } from '../platform/announcements/announcements.js';
import { Config } from '../platform/config/config.js';
import { Doorkeeper } from '../platform/http/doorkeeper.js';
import type { PersonRow } from './person.entity.js';
import { ReadingAudit } from './reading-audit.js';
import { type SessionRow, sessionEntity } from './session.entity.js';
import { newToken, tokenHash, tokenIn } from './session-token.js';
import { Standings } from './standings.js';

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
    private readonly standings: Standings,
    private readonly readings: ReadingAudit,
  ) {
    super();
  }

  async turnedAway(actor: Actor, what: string): Promise<void> {
    await this.readings.refused(actor, what.slice(0, 200));
  }

  /** Opens a session; the token is told here and never again. */
  async open(person: PersonRow, origin: Origin): Promise<OpenSession & { token: string }> {
    const token = newToken(this.config.secret);
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
    const { id: personId, role, login, name, agentNumber } = person;
    return { token, ...openSession(session, { personId, role, login, name, agentNumber }) };
  }

  keyOf(cookieHeader: string | undefined): string | undefined {
    const token = tokenIn(cookieHeader, this.config.secret);
    return token && tokenHash(token, this.config.secret).toString('base64url');
  }

  async admit(cookieHeader: string | undefined): Promise<Actor | Refusal> {
    const found = await this.find(cookieHeader);
    return 'actor' in found ? found.actor : found;
  }

  /** The session of a `Cookie` header. Use slides its expiry on. */
  async find(cookieHeader: string | undefined): Promise<OpenSession | Refusal> {
    const token = tokenIn(cookieHeader, this.config.secret);
    if (!token) return refuse('session.none');
    const session = await this.rows.findOneBy({ tokenHash: tokenHash(token, this.config.secret) });
    if (!session) return refuse('session.none');
    if (!this.isOpen(session)) {
      await this.close([session.id]);
      return refuse('session.expired');
    }
    const standing = await this.standings.of(session.personId);
    if (!standing) return refuse('session.expired');
    await this.slide([session]);
    return openSession(session, standing);
  }

  async review(sessionIds: readonly string[], used: readonly string[]): Promise<Map<string, Actor>> {
    const sessions = await this.rows.findBy({ id: In([...sessionIds]) });
    const open = sessions.filter((session) => this.isOpen(session));
    const standings = await this.standings.ofAll([...new Set(open.map(({ personId }) => personId))]);
    const actors = new Map<string, Actor>();
    for (const { id, personId } of open) {
      const standing = standings.get(personId);
      if (standing) actors.set(id, { ...standing, sessionId: id });
    }
    await this.slide(open.filter(({ id }) => actors.has(id) && used.includes(id)));
    const isOpen = new Set(open.map(({ id }) => id));
    await this.close(sessionIds.filter((id) => !isOpen.has(id)));
    await this.close(
      [...isOpen].filter((id) => !actors.has(id)),
      'session.withdrawn',
    );
    return actors;
  }

  /** Everybody with a session that may be open. */
  async openPeople(): Promise<string[]> {
    const found: { person_id: string }[] = await this.source.query(
      'select distinct person_id from sessions where closed_at is null and expires_at > $1',
      [new Date(this.clock.now())],
    );
    return found.map((row) => row.person_id);
  }

  /** Ends every session of somebody of whom nothing holds any more. */
  async closeOf(personId: string): Promise<void> {
    const open = await this.rows.find({ select: { id: true }, where: { personId, closedAt: IsNull() } });
    await this.close(
      open.map(({ id }) => id),
      'session.withdrawn',
    );
  }

  /** Ends sessions; each that was open is announced once. */
  async close(sessionIds: readonly string[], why: RefusalCode = 'session.expired'): Promise<void> {
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
      this.announcements.announce({
        kind: 'session.closed',
        sessionId: row.id,
        personId: row.person_id,
        why,
      });
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

function openSession(session: SessionRow, standing: Standing): OpenSession {
  return {
    actor: { ...standing, sessionId: session.id },
    expiresAt: session.expiresAt,
    endsAt: session.endsAt,
  };
}
