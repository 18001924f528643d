import { Injectable } from '@nestjs/common';
import { People } from '../identity/people.js';
import { Rights } from '../identity/rights.js';
import { Clock } from '../kernel/clock.js';
import { Announcements } from '../platform/announcements/announcements.js';

/** An agent as presence, boards and alarms name them. */
export interface AgentCard {
  id: string;
  number: string;
  name: string;
}

/** People change rarely; boards ask several times a second. */
const freshForMs = 30_000;

/**
 * Who may have calls at their desk, by number: the agents, and the leads that have a number; and who has their last one
 * there.
 */
@Injectable()
export class AgentDirectory {
  private known: Promise<AgentCard[]> | undefined;
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly people: People,
    private readonly rights: Rights,
    private readonly clock: Clock,
    announcements: Announcements,
  ) {
    announcements.on('rights.changed', () => {
      this.known = undefined;
    });
  }

  async all(): Promise<readonly AgentCard[]> {
    const now = this.clock.now();
    if (!this.known || now - this.readAt > freshForMs) {
      this.readAt = now;
      this.known = this.read();
    }
    return this.known;
  }

  /** Reads again when somebody is asked for who is not known: they may have been added meanwhile. */
  async byId(agentId: string): Promise<AgentCard | undefined> {
    const found = (await this.all()).find(({ id }) => id === agentId);
    if (found) return found;
    this.known = undefined;
    return (await this.all()).find(({ id }) => id === agentId);
  }

  private async read(): Promise<AgentCard[]> {
    try {
      const agents = await this.people.withRole('agent', 'lead');
      const leaving = await this.people.byIds(this.rights.finishing);
      for (const { id } of agents) leaving.delete(id);
      return [
        ...agents.filter(({ role, agentNumber }) => role === 'agent' || agentNumber !== null),
        ...leaving.values(),
      ].map(({ id, name, login, agentNumber }) => ({ id, name, number: agentNumber ?? login }));
    } catch (error) {
      this.known = undefined;
      throw error;
    }
  }
}
