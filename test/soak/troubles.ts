import { setTimeout as pause } from 'node:timers/promises';
import type { FaultHouse } from '../faults/support/fault-house.js';
import { eventually } from '../support/eventually.js';
import type { SoakCustomers } from './soak-customers.js';

type Trouble =
  | 'api killed'
  | 'redis killed'
  | 'postgres killed'
  | 'redis silent'
  | 'postgres silent'
  | 'asterisk killed';

/** Each in turn: the short ones often, the one that costs every call now and then. */
const order: readonly Trouble[] = [
  'api killed',
  'redis killed',
  'postgres killed',
  'api killed',
  'redis silent',
  'postgres silent',
  'asterisk killed',
];
const awayMs = 3_000;
const quietMs = 45_000;

/** Brings trouble upon a house, one at a time, with quiet in between. */
export class Troubles {
  readonly counts: Partial<Record<Trouble, number>> = {};

  constructor(
    private readonly house: FaultHouse,
    private readonly customers: SoakCustomers,
  ) {}

  /** Until the time is over (ms since the epoch); then everything is well again. */
  async until(time: number): Promise<void> {
    for (let turn = 0; Date.now() + quietMs < time; turn += 1) {
      await pause(quietMs);
      const trouble = order[turn % order.length] ?? 'api killed';
      await this.bring(trouble);
      this.counts[trouble] = (this.counts[trouble] ?? 0) + 1;
      await this.isWell(trouble);
    }
    await pause(Math.max(0, time - Date.now()));
  }

  private async bring(trouble: Trouble): Promise<void> {
    const { api, servers } = this.house;
    if (trouble === 'api killed') {
      await api.kill();
      await pause(awayMs);
      return api.run();
    }
    if (trouble === 'redis silent' || trouble === 'postgres silent') {
      servers.freeze(trouble === 'redis silent' ? 'redis' : 'postgres');
      await pause(awayMs);
      return servers.thaw();
    }
    await servers.kill(
      trouble === 'redis killed' ? 'redis' : trouble === 'postgres killed' ? 'postgres' : 'asterisk',
    );
    if (trouble === 'asterisk killed') this.customers.linesAreDead();
    await pause(awayMs);
    return servers.start();
  }

  private async isWell(after: Trouble): Promise<void> {
    await eventually(async () => (await this.house.api.read('/api/health')).status === 200, {
      withinMs: 60_000,
      everyMs: 250,
      what: `every part is up again after: ${after}`,
    });
  }
}
