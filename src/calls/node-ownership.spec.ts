import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../kernel/clock.js';
import type { Leases } from '../platform/leases/leases.js';
import type { TelephonyEngine } from '../telephony/port/engine.js';
import { NodeOwnership } from './node-ownership.js';

/** Redis' part: leases that run out by the test's clock. */
class House {
  readonly clock = new ManualClock();
  private readonly leases = new Map<string, { holder: string; until: number }>();

  /** A process that writes down what it took up and let go. */
  process(holder: string): { ownership: NodeOwnership; story: string[]; start(): Promise<void> } {
    const engine = { nodes: ['a', 'b'] } as unknown as TelephonyEngine;
    const leases = { holder, ...this.leasesOf(holder) } as unknown as Leases;
    const ownership = new NodeOwnership(engine, leases, this.clock);
    const story: string[] = [];
    const keeper = {
      takeUp: async (node: string) => void story.push(`+${node}`),
      letGo: async (node: string) => void story.push(`-${node}`),
    };
    return { ownership, story, start: () => ownership.start(keeper) };
  }

  async seconds(count: number): Promise<void> {
    for (let second = 0; second < count; second++) {
      this.clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Another process holds it now, whatever the holder believes. */
  moves(name: string, holder: string): void {
    this.leases.set(name, { holder, until: Number.POSITIVE_INFINITY });
  }

  private leasesOf(holder: string) {
    const current = (name: string) => {
      const lease = this.leases.get(name);
      return lease && lease.until > this.clock.now() ? lease.holder : undefined;
    };
    return {
      holderOf: async (name: string) => current(name),
      take: async (name: string, forMs: number) => {
        if ((current(name) ?? holder) !== holder) return false;
        this.leases.set(name, { holder, until: this.clock.now() + forMs });
        return true;
      },
      giveBack: async (name: string) => {
        if (current(name) === holder) this.leases.delete(name);
      },
    };
  }
}

describe('who owns a node', () => {
  it('one process takes all, one after the other', async () => {
    const house = new House();
    const only = house.process('x');
    await only.start();
    await house.seconds(2);
    expect(only.story).toEqual(['+a', '+b']);
    await only.ownership.stop();
    expect(only.story).toEqual(['+a', '+b', '-a', '-b']);
  });

  it('two that start together share; who finds that its lease has moved lets go', async () => {
    const house = new House();
    const [x, y] = [house.process('x'), house.process('y')];
    await x.start();
    await y.start();
    await house.seconds(1);
    expect([x.story, y.story]).toEqual([['+a'], ['+b']]);
    house.moves('node:a', 'z');
    await house.seconds(1);
    expect(x.story).toEqual(['+a', '-a']);
  });

  it('one that comes when all are taken is given one', async () => {
    const house = new House();
    const first = house.process('x');
    await first.start();
    await house.seconds(2);
    const late = house.process('y');
    await late.start();
    await house.seconds(3);
    expect([first.story, late.story]).toEqual([['+a', '+b', '-b'], ['+b']]);
    await house.seconds(10);
    expect([first.ownership.owned(), late.ownership.owned()]).toEqual([['a'], ['b']]);
  });

  it('what cannot be taken up is given back, and tried again', async () => {
    const house = new House();
    const { ownership } = house.process('x');
    let tries = 0;
    await ownership.start({
      takeUp: async () => {
        tries += 1;
        if (tries === 1) throw new Error('the database is away');
      },
      letGo: async () => undefined,
    });
    await house.seconds(3);
    expect(ownership.owned()).toEqual(['a', 'b']);
  });
});
