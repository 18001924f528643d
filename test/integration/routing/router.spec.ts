import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../../src/kernel/clock.js';
import { StoreAway } from '../../../src/kernel/store-away.js';
import { QueuesService } from '../../../src/routing/queues.service.js';
import { type Match, type MatchOutcome, Router } from '../../../src/routing/router.service.js';
import { AgentsRig } from '../../support/agents-rig.js';
import { eventually } from '../../support/eventually.js';

describe('routing', () => {
  const clock = new ManualClock();
  const matches: Match[] = [];
  let answer: (match: Match) => Promise<MatchOutcome> = async () => 'taken';
  let house: AgentsRig;
  let router: Router;
  let queueId: string;
  beforeAll(async () => {
    house = await AgentsRig.start({ clock });
    router = house.get(Router);
    router.onMatch(async (match) => {
      matches.push(match);
      return answer(match);
    });
    queueId = (await router.queueFor('8000'))?.id ?? '';
  });
  afterEach(async () => {
    for (const { callId } of await router.waiting(queueId)) await router.leave(callId);
    await house.everybodyLeaves();
    matches.length = 0;
    answer = async () => 'taken';
    // A failure makes matching pause.
    clock.advance(4_000);
  });
  afterAll(() => house.stop());

  /** A call that came `ago` ms before now. */
  async function waits(ago: number, front = false): Promise<string> {
    const callId = randomUUID();
    await router.enter(queueId, callId, clock.now() - ago, front);
    return callId;
  }
  const matched = (count: number) =>
    eventually(() => matches.length >= count && matches.slice(0, count), { what: `${count} matches` });
  const waitingCalls = async () => (await router.waiting(queueId)).map(({ callId }) => callId);

  it('has one queue under the service number, with every agent in it', async () => {
    expect(await router.queueFor('8000')).toMatchObject({ name: '前台预订' });
    expect(await router.queueFor('9999')).toBeUndefined();
    const members = await house.get(QueuesService).members();
    const agents = await house.presence.all();
    expect([...(members.get(queueId) ?? [])].sort()).toEqual(agents.map(({ agentId }) => agentId).sort());
  });

  it('keeps callers in the order of their arrival, those put to the front before all others', async () => {
    const second = await waits(2_000);
    const third = await waits(1_000);
    const first = await waits(3_000);
    const front = await waits(500, true);
    await router.enter(queueId, third, clock.now() - 9_000, true);
    const waiting = await router.waiting(queueId);
    expect(waiting.map(({ callId }) => callId)).toEqual([front, first, second, third]);
    expect(waiting.map(({ since }) => clock.now() - since)).toEqual([500, 3_000, 2_000, 1_000]);
    await router.leave(first);
    await router.leave(first);
    expect(await waitingCalls()).toEqual([front, second, third]);
  });

  it('offers the first caller to the agent who has been idle longest', async () => {
    const idle = await house.ready('802');
    clock.advance(1_000);
    const later = await house.ready('801');
    const call = await waits(0);
    const [match] = await matched(1);
    expect(match).toMatchObject({ queueId, callId: call, agentId: idle.actor.personId });
    expect(await house.presence.get(idle.actor.personId)).toMatchObject({
      state: 'ringing',
      callId: call,
      handlingId: match?.handlingId,
    });
    await house.sees(later.actor.personId, 'ready');
    expect(await waitingCalls()).toEqual([]);
  });

  it('offers a waiting caller as soon as an agent becomes ready, or their softphone comes back', async () => {
    const call = await waits(0);
    const tab = await house.ready('801');
    expect(await matched(1)).toMatchObject([{ callId: call }]);
    await house.presence.released(tab.actor.personId, call);
    await house.devices.report(tab.actor, tab.socketId, { registered: false, legs: [] });
    const next = await waits(0);
    clock.advance(2_000);
    expect(await waitingCalls()).toEqual([next]);
    await house.devices.report(tab.actor, tab.socketId, { registered: true, legs: [] });
    expect((await matched(2))[1]).toMatchObject({ callId: next, agentId: tab.actor.personId });
  });

  it('gives the agent back at the old place when the call has gone', async () => {
    answer = async ({ callId }) => (callId === gone ? 'call-gone' : 'taken');
    const gone = randomUUID();
    const first = await house.ready('801');
    clock.advance(1_000);
    await house.ready('802');
    await router.enter(queueId, gone, clock.now(), false);
    await matched(1);
    await house.sees(first.actor.personId, 'ready');
    const call = await waits(0);
    expect((await matched(2))[1]).toMatchObject({ callId: call, agentId: first.actor.personId });
  });

  it('puts the call back at its place when the agent has gone, and asks the next', async () => {
    const first = await house.ready('801');
    clock.advance(1_000);
    const second = await house.ready('802');
    answer = async ({ agentId }) => (agentId === first.actor.personId ? 'agent-gone' : 'taken');
    const call = await waits(5_000);
    expect((await matched(2)).map(({ agentId, callId }) => [agentId, callId])).toEqual([
      [first.actor.personId, call],
      [second.actor.personId, call],
    ]);
    expect(await house.sees(first.actor.personId, 'not-ready')).toMatchObject({ reason: 'device-lost' });
  });

  it('does not bring back a call that left, or entered anew, while it was offered', async () => {
    let decide: (outcome: MatchOutcome) => void = () => undefined;
    answer = () => new Promise((resolve) => (decide = resolve));
    const tab = await house.ready('801');
    const left = await waits(1_000);
    await matched(1);
    await router.leave(left);
    decide('agent-gone');
    await house.sees(tab.actor.personId, 'not-ready');
    expect(await waitingCalls()).toEqual([]);

    await house.presence.setByAgent(tab.actor, { state: 'ready' });
    const anew = await waits(1_000);
    await matched(2);
    await router.enter(queueId, anew, clock.now() - 1_000, true);
    decide('taken');
    await eventually(async () => (await waitingCalls()).includes(anew));
  });

  it('tries again later when taking a match failed', async () => {
    answer = async () => {
      throw new Error('a bug');
    };
    const tab = await house.ready('801');
    const call = await waits(1_000);
    await matched(1);
    await house.sees(tab.actor.personId, 'ready');
    expect(await waitingCalls()).toEqual([call]);
    answer = async () => 'taken';
    clock.advance(4_000);
    expect((await matched(2))[1]).toMatchObject({ callId: call });
  });

  it('withdraws an offer whose process died, and leaves one alone that was taken', async () => {
    const dying: (() => void)[] = [];
    answer = () => new Promise((resolve) => dying.push(() => resolve('taken')));
    const open = await house.ready('801');
    const taken = await house.ready('802');
    const calls = [await waits(2_000), await waits(1_000)];
    const [first, second] = await matched(2);
    expect([first?.callId, second?.callId].sort()).toEqual([...calls].sort());
    const gone = [first, second].find((match) => match?.agentId === taken.actor.personId);
    await house.presence.answered(taken.actor.personId, gone?.callId ?? '', gone?.handlingId ?? '');
    answer = async () => 'taken';
    clock.advance(31_000);
    const [again] = (await matched(3)).slice(2);
    expect(again).toMatchObject({ agentId: open.actor.personId });
    expect(again?.callId).not.toBe(gone?.callId);
    await house.sees(taken.actor.personId, 'talking');
    for (const end of dying) end();
  });

  it('leaves an offer open that may have been taken, and lets both go when nothing came of it', async () => {
    answer = async () => {
      throw new StoreAway('PostgreSQL', 'no answer yet');
    };
    const tab = await house.ready('801');
    const call = await waits(1_000);
    await matched(1);
    await house.ready('802');
    const other = await waits(500);
    answer = async () => 'taken';
    expect((await matched(2))[1]).toMatchObject({ callId: other });
    await house.sees(tab.actor.personId, 'ringing');
    clock.advance(31_000);
    expect((await matched(3))[2]).toMatchObject({ callId: call });
  });
});
