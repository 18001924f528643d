import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { SipPhone } from '../support/phones/sip-phone.js';
import { runSipp, type SippResult } from '../support/phones/sipp.js';
import type { EdgeDesk } from './edge-desk.js';
import { counts, HouseOfTwo, type Node } from './house-of-two.js';

/** Longer than the slowest process takes to come up, and than a dead node is waited for. */
const patienceMs = 180_000;
const callsOnEach = 50;

describe('two nodes behind an edge, two API processes', () => {
  let house: HouseOfTwo;
  let near: EdgeDesk;
  let customers: SipPhone[] = [];
  const waiting: Promise<SippResult>[] = [];

  beforeAll(async () => {
    house = await HouseOfTwo.open();
  }, patienceMs);
  afterAll(async () => {
    for (const customer of customers) await customer.close();
    await house?.close();
    await Promise.all(waiting);
  }, patienceMs);

  async function customer({ trunk }: Node, user: string) {
    const phone = await SipPhone.start({ address: `127.0.2.${customers.length + 1}`, server: trunk, user });
    customers = [...customers, phone];
    return phone.dial('8000');
  }

  /** Fifty customers call the node and stay. */
  function fiftyCall({ trunk, name }: Node, prefix: string): void {
    const rows = Array.from({ length: callsOnEach }, (_, n) => [
      '8000',
      `${prefix}${String(n).padStart(8, '0')}`,
    ]);
    const run = { scenario: 'customer-stays.xml', rows, address: name === 'a' ? '127.0.3.1' : '127.0.3.2' };
    waiting.push(runSipp({ ...run, server: trunk, callsPerSecond: 25, quitsAfterMs: 60_000 }));
  }

  it('share the nodes: each process owns one', async () => {
    await eventually(
      async () => {
        const { a, b } = await house.owners();
        return a !== null && b !== null && a !== b;
      },
      { withinMs: 10_000 },
    );
  });

  it('an agent on one process handles the calls of both nodes', async () => {
    await house.speaksPlainly();
    near = await house.desk(house.processes[1], '801');
    await near.ready();
    for (const node of house.nodes) {
      const call = await customer(node, `1380000000${node.name === 'a' ? 1 : 2}`);
      const { callId } = await near.answers();
      await near.holdsAndResumes();
      call.hangUp();
      await near.wrapsUp();
      expect(await house.story(callId)).toEqual(
        expect.arrayContaining(['talk.started', 'hold.started', 'hold.ended', 'customer.left', 'call.ended']),
      );
    }
  }, 60_000);

  it('a killed process loses no call: the other takes its node, and the agent goes on', async () => {
    const owners = await house.owners();
    // The process that the agent is not connected to dies: of the two, it owns the node that the other does not.
    const calls = await Promise.all(house.nodes.map((node, at) => customer(node, `1390000000${at}`)));
    const { callId, call } = await near.answers();
    // What was under way at the very moment of the death is another story.
    await eventually(async () => (await house.story(callId)).includes('talk.started'));
    await house.processes[0].kill();
    await eventually(
      async () => {
        const { a, b } = await house.owners();
        return a !== null && a === b && (a === owners.a || a === owners.b);
      },
      { withinMs: 20_000, what: 'one process owns both nodes' },
    );
    await eventually(async () => (await house.ownerOf('a')) === (await house.ownerOf('b')), {
      withinMs: 20_000,
    });
    await eventually(async () => near.holdsAndResumes().then(() => true), { withinMs: 20_000 });
    expect(call.state).toBe('up');
    await counts(house, { 'a ended': 1, 'b ended': 1 });
    for (const one of calls) one.hangUp();
    await near.wrapsUp();
    expect(await house.story(callId)).not.toContain('transfer.failed');
    await counts(house, { 'a ended': 2, 'b ended': 2 });
  }, 90_000);

  it('a killed node takes its own calls with it and no other; its agents go on at the other node', async () => {
    await house.speaksPlainly();
    const [a, b] = house.nodes;
    fiftyCall(b, '137');
    await near.answers();
    fiftyCall(a, '136');
    await eventually(
      async () => {
        const census = await house.census();
        const open = (node: string) =>
          Object.entries(census)
            .filter(([what]) => what.startsWith(`${node} `) && !what.endsWith(' ended'))
            .reduce((sum, [, count]) => sum + count, 0);
        return open('a') === callsOnEach && open('b') === callsOnEach;
      },
      { withinMs: 30_000, everyMs: 200, what: 'a hundred calls are there' },
    );
    process.kill(Number(process.env.NODE_B_PID), 'SIGKILL');
    await counts(house, { 'a ended': 2, 'b ended': 2 + callsOnEach }, 40_000);
    expect(await house.endings()).toMatchObject({ 'b engine engine.lost': callsOnEach });
    const late = await customer(a, '13500000001');
    await eventually(() => late.state === 'up', { withinMs: 10_000, what: 'a new call is taken' });
    await near.wrapsUp();
    await near.answers();
    await counts(house, { 'a ended': 2, 'b ended': 2 + callsOnEach });
  }, 120_000);
});
