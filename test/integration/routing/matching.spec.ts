import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../../src/kernel/clock.js';
import { Announcements } from '../../../src/platform/announcements/announcements.js';
import { QueuesService } from '../../../src/routing/queues.service.js';
import { type Match, type MatchOutcome, Router } from '../../../src/routing/router.service.js';
import { WaitingRoom } from '../../../src/routing/waiting-room.js';
import { AgentsRig } from '../../support/agents-rig.js';
import { eventually } from '../../support/eventually.js';
import { fuzzed } from '../../support/fuzzed.js';

const logins = ['801', '802', '803', '804'] as const;

/** One step of a busy hour; the numbers choose among what is there. */
type Step =
  | { do: 'call'; front: boolean }
  | { do: 'give-up' | 'answer' | 'miss' | 'finish' | 'ready' | 'pause'; which: number }
  | { do: 'time'; ms: number };
const which = fc.nat(7);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('call' as const), front: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('give-up', 'answer', 'miss', 'finish', 'ready', 'pause'),
      which,
    }) as fc.Arbitrary<Step>,
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
  },
);
/** What the calls' side says of each match in turn. */
const outcomes = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant('taken' as const) },
    { weight: 1, arbitrary: fc.constantFrom('call-gone' as const, 'agent-gone' as const, 'throws' as const) },
  ),
  { minLength: 1, maxLength: 12 },
);

describe('matching by several processes at once', () => {
  const clock = new ManualClock();
  let house: AgentsRig;
  let routers: Router[];
  let queueId: string;
  let take: (match: Match) => Promise<MatchOutcome>;
  beforeAll(async () => {
    house = await AgentsRig.start({ clock });
    queueId = (await house.get(Router).queueFor('8000'))?.id ?? '';
    const queues = house.get(QueuesService);
    const more = [1, 2].map(
      () => new Router(house.get(WaitingRoom), queues, house.presence, house.get(Announcements), clock),
    );
    for (const router of more) {
      router.onModuleInit();
      router.onApplicationBootstrap();
    }
    routers = [house.get(Router), ...more];
    for (const router of routers) router.onMatch((match) => take(match));
  });
  afterEach(() => house.everybodyLeaves());
  afterAll(async () => {
    for (const router of routers.slice(1)) await router.onModuleDestroy();
    await house.stop();
  });

  it('no agent has two calls, no call two agents, everybody who stays is served', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), outcomes, async (steps, said) => {
        const hour = new BusyHour(house, routers, queueId, clock, said);
        take = (match) => hour.take(match);
        try {
          for (const login of logins) await hour.arrives(login);
          for (const one of steps) await hour.does(one);
          await hour.everybodyIsServed();
          expect(hour.wrongs).toEqual([]);
        } finally {
          await hour.closes();
        }
      }),
      { ...fuzzed(25), interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    );
  }, 120_000);

  it('keeps the order of callers and of idle agents', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ago: fc.nat(5_000), front: fc.boolean() }), { minLength: 2, maxLength: 10 }),
        fc.shuffledSubarray([...logins], { minLength: 1 }),
        async (calls, order) => {
          const seen: Match[] = [];
          take = async (match) => {
            seen.push(match);
            return 'taken';
          };
          const now = clock.now();
          const entered = calls.map(({ ago, front }, index) => ({
            callId: `${String(index).padStart(2, '0')}-${randomUUID()}`,
            since: now - ago,
            front,
          }));
          for (const { callId, since, front } of entered) {
            await routers[0]?.enter(queueId, callId, since, front);
          }
          const due = entered
            .toSorted(
              (a, b) =>
                Number(b.front) - Number(a.front) || a.since - b.since || (a.callId < b.callId ? -1 : 1),
            )
            .map(({ callId }) => callId);
          // One agent after another becomes ready: each is given the call that is due then.
          for (const [index, login] of order.entries()) {
            clock.advance(10);
            const { actor } = await house.ready(login);
            const callId = due[index];
            if (callId === undefined) continue;
            const match = await eventually(() => seen[index]);
            expect(match).toMatchObject({ callId, agentId: actor.personId });
          }
          const left = await routers[1]?.waiting(queueId);
          expect(left?.map(({ callId }) => callId)).toEqual(due.slice(order.length));
          for (const { callId } of left ?? []) await routers[1]?.leave(callId);
          await house.everybodyLeaves();
        },
      ),
      fuzzed(15),
    );
  }, 60_000);
});

/** Plays the calls' part against the routers, and watches that nothing is promised twice. */
class BusyHour {
  readonly wrongs: string[] = [];
  private readonly agents: string[] = [];
  private readonly tabs = new Map<string, Awaited<ReturnType<AgentsRig['ready']>>>();
  private readonly callers = new Map<string, { since: number; front: boolean }>();
  private readonly ringing = new Map<string, Match>();
  private readonly talking = new Map<string, Match>();
  private takes = 0;

  constructor(
    private readonly house: AgentsRig,
    private readonly routers: Router[],
    private readonly queueId: string,
    private readonly clock: ManualClock,
    private readonly said: ('taken' | 'call-gone' | 'agent-gone' | 'throws')[],
  ) {}

  async arrives(login: string): Promise<void> {
    const tab = await this.house.ready(login);
    this.agents.push(tab.actor.personId);
    this.tabs.set(tab.actor.personId, tab);
  }

  async take(match: Match): Promise<MatchOutcome> {
    const { callId, agentId } = match;
    const busy = (held: Match) => held.callId === callId || held.agentId === agentId;
    for (const held of [...this.ringing.values(), ...this.talking.values()]) {
      if (busy(held))
        this.wrongs.push(`${callId} to ${agentId} while ${held.callId} is with ${held.agentId}`);
    }
    if (!this.callers.has(callId)) return 'call-gone';
    const says = this.said[this.takes++] ?? 'taken';
    if (says === 'throws') throw new Error('as a bug would');
    if (says === 'call-gone') this.callers.delete(callId);
    if (says === 'taken') this.ringing.set(callId, match);
    return says;
  }

  async does(step: Step): Promise<void> {
    switch (step.do) {
      case 'call':
        return this.calls(step.front);
      case 'time':
        this.clock.advance(step.ms);
        return;
      case 'give-up':
        return this.givesUp([...this.callers.keys()][step.which]);
      case 'answer':
        return this.answers(nth(this.ringing, step.which));
      case 'miss':
        return this.misses(nth(this.ringing, step.which));
      case 'finish':
        return this.finishes(nth(this.talking, step.which));
      case 'ready':
        return this.wishes(step.which, { state: 'ready' });
      case 'pause':
        return this.wishes(step.which, { state: 'not-ready', reason: 'break' });
    }
  }

  /** From now on everything goes well: whoever still waits must come to talk. */
  async everybodyIsServed(): Promise<void> {
    this.takes = this.said.length;
    await eventually(
      async () => {
        this.clock.advance(2_000);
        for (const match of [...this.ringing.values()]) await this.answers(match);
        for (const match of [...this.talking.values()]) await this.finishes(match);
        for (const index of this.agents.keys()) await this.wishes(index, { state: 'ready' });
        return this.callers.size === 0;
      },
      { withinMs: 15_000, what: 'every caller is served' },
    );
  }

  /** So that the next hour begins with nothing. */
  async closes(): Promise<void> {
    const [router] = this.routers;
    for (const { callId } of (await router?.waiting(this.queueId)) ?? []) await router?.leave(callId);
    this.callers.clear();
    await this.house.everybodyLeaves();
  }

  private async calls(front: boolean): Promise<void> {
    const callId = randomUUID();
    this.callers.set(callId, { since: this.clock.now(), front });
    // The process that owns the call lets it in, which may be any of them.
    const owner = this.routers[this.callers.size % this.routers.length];
    await owner?.enter(this.queueId, callId, this.clock.now(), front);
  }

  private async givesUp(callId: string | undefined): Promise<void> {
    if (!callId || this.talking.has(callId)) return;
    this.callers.delete(callId);
    const match = this.ringing.get(callId);
    this.ringing.delete(callId);
    await this.routers[1]?.leave(callId);
    if (match) await this.house.presence.released(match.agentId, callId);
  }

  private async answers(match: Match | undefined): Promise<void> {
    if (!match || !this.ringing.delete(match.callId)) return;
    this.callers.delete(match.callId);
    this.talking.set(match.callId, match);
    const { agentId, callId, handlingId } = match;
    if (!(await this.house.presence.answered(agentId, callId, handlingId))) {
      this.wrongs.push(`${agentId} was not ringing for ${callId}`);
    }
  }

  private async misses(match: Match | undefined): Promise<void> {
    if (!match || !this.ringing.delete(match.callId)) return;
    await this.house.presence.missed(match.agentId, match.callId);
    const { since = 0, front = false } = this.callers.get(match.callId) ?? {};
    await this.routers[2]?.enter(this.queueId, match.callId, since, front);
  }

  private async finishes(match: Match | undefined): Promise<void> {
    if (!match || !this.talking.has(match.callId)) return;
    const { agentId, callId, handlingId } = match;
    await this.house.presence.wrapUp(agentId, callId, handlingId);
    this.talking.delete(callId);
    await this.house.presence.wrapUpDone(agentId, callId);
  }

  private async wishes(
    which: number,
    wish: Parameters<AgentsRig['presence']['setByAgent']>[1],
  ): Promise<void> {
    const tab = this.tabs.get(this.agents[which] ?? '');
    if (tab) await this.house.presence.setByAgent(tab.actor, wish);
  }
}

function nth<T>(from: ReadonlyMap<string, T>, which: number): T | undefined {
  return [...from.values()][which];
}
