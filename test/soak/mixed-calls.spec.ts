import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { FaultHouse } from '../faults/support/fault-house.js';
import { eventually } from '../support/eventually.js';
import { whatAsteriskHolds } from '../support/phones/asterisk-rest.js';
import { seededRandom } from '../support/seeded-random.js';
import { SoakAgent } from './soak-agent.js';
import { SoakCustomers } from './soak-customers.js';
import { Troubles } from './troubles.js';

const minutes = Number(process.env.SANLING_SOAK_MINUTES ?? 60);
const seed = Number(process.env.SANLING_FUZZ_SEED ?? Date.now());
const agentNumbers = ['801', '802', '803', '804', '805', '806'];
/** Pools and sockets of a process that works; what grows by the hour is more. */
const mostMoreDescriptors = 40;

/** What a process holds open, and how large it is. */
function sizeOf(pid: number): { descriptors: number; megabytes: number } {
  const resident = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return {
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    megabytes: Math.round(Number(resident) / 1024),
  };
}

/** Calls that are not settled a minute after the last one has left. */
async function leftUnsettled(sql: pg.Pool): Promise<string[]> {
  const ask = async () => {
    const { rows } = await sql.query<{ id: string; state: string }>(
      'select id, state from calls where not settled',
    );
    return rows.map(({ id, state }) => `${id} ${state}`);
  };
  const until = Date.now() + 60_000;
  await eventually(async () => Date.now() > until || (await ask()).length === 0, {
    withinMs: 65_000,
    everyMs: 500,
  });
  return ask();
}

describe('calls of every kind for long, while the servers fail one after the other', () => {
  let house: FaultHouse;
  let sql: pg.Pool;
  beforeAll(async () => {
    house = await FaultHouse.open();
    sql = new pg.Pool({ connectionString: house.api.settings.DATABASE_URL, max: 2 });
    // Its connections break with the server; the next question opens another.
    sql.on('error', () => undefined);
  }, 90_000);
  afterAll(async () => {
    await sql.end();
    await house.close();
  }, 120_000);

  it(
    'leave nobody in silence, nothing unsettled and nothing behind',
    async () => {
      console.log(`seed ${seed}, ${minutes} minutes`);
      const agents = agentNumbers.map((number, at) => new SoakAgent(house, number, seededRandom(seed + at)));
      const customers = new SoakCustomers(house, seededRandom(seed + agents.length));
      const troubles = new Troubles(house, customers);
      const before = sizeOf(house.api.pid);
      await troubles.until(Date.now() + minutes * 60_000);
      await customers.over();
      for (const agent of agents) await agent.over();
      const unsettled = await leftUnsettled(sql);
      const outcomes = await sql.query<{ outcome: string; count: string }>(
        'select outcome, count(*) from calls group by outcome',
      );
      const gaps = await sql.query<{ call_id: string }>(
        'select call_id from timeline_events group by call_id having max(seq) <> count(*) or min(seq) <> 1',
      );
      const held = (await whatAsteriskHolds(house.services)).filter((line) => !line.startsWith('recording '));
      const after = sizeOf(house.api.pid);
      const report = {
        name: 'soak',
        minutes,
        seed,
        calls: customers.calls,
        onRecord: Object.fromEntries(outcomes.rows.map(({ outcome, count }) => [outcome, Number(count)])),
        refused: customers.refused,
        faults: troubles.counts,
        pagesLoaded: agents.reduce((sum, { pagesLoaded }) => sum + pagesLoaded, 0),
        stranded: customers.stranded,
        unsettled,
        timelinesWithGaps: gaps.rows.map(({ call_id }) => call_id),
        leftInTheExchange: held,
        descriptors: [before.descriptors, after.descriptors],
        megabytes: [before.megabytes, after.megabytes],
      };
      console.log(JSON.stringify(report));
      expect(report).toMatchObject({
        stranded: [],
        unsettled: [],
        timelinesWithGaps: [],
        leftInTheExchange: [],
      });
      expect(after.descriptors - before.descriptors).toBeLessThan(mostMoreDescriptors);
    },
    (minutes + 10) * 60_000,
  );
});
