import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Standing } from '../kernel/actor.js';
import { StoreAway } from '../kernel/store-away.js';
import { callsMatter, type Employed, standingOf } from './domain/standing.js';
import { type PersonRow, personEntity } from './person.entity.js';

/** True while the person talks with somebody, or writes the record of it. */
type InCall = (personId: string) => Promise<boolean>;

/** What holds of people now, read anew each time. */
@Injectable()
export class Standings {
  private inCall: InCall = async () => false;

  constructor(private readonly source: DataSource) {}

  /** For the feature that knows of calls. */
  askAboutCalls(inCall: InCall): void {
    this.inCall = inCall;
  }

  /** Null: nothing holds of them any more. */
  async of(personId: string): Promise<Standing | null> {
    return (await this.ofAll([personId])).get(personId) ?? null;
  }

  /** Several at once; those of whom nothing holds are left out. */
  async ofAll(personIds: readonly string[]): Promise<Map<string, Standing>> {
    const rows = await this.source.getRepository(personEntity).findBy({ id: In([...personIds]) });
    const found = new Map<string, Standing>();
    for (const person of rows.map(employed)) {
      const standing = standingOf(person, callsMatter(person) && (await this.isInCall(person)));
      if (standing) found.set(person.personId, standing);
    }
    return found;
  }

  /** Who goes on working all the same does not wait for the store of calls to be back. */
  private async isInCall({ personId, active }: Employed): Promise<boolean> {
    try {
      return await this.inCall(personId);
    } catch (error) {
      if (active && error instanceof StoreAway) return false;
      throw error;
    }
  }
}

function employed({ id, role, login, name, agentNumber, active }: PersonRow): Employed {
  return { personId: id, role, login, name, agentNumber, active };
}
