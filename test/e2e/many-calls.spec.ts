import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CallDetail, CallSummary } from '../../src/contracts/call.js';
import { maskedNumber } from '../../src/kernel/masking.js';
import { eventually } from '../support/eventually.js';
import { runSipp, type SippResult } from '../support/phones/sipp.js';
import { seededRandom } from '../support/seeded-random.js';
import { House, kinds } from './house.js';
import type { RobotAgent } from './robot-agent.js';
import { type Shift, workShift } from './shift.js';

/** Two hundred calls are for the soak: they take two minutes. */
const half = Number(process.env.SANLING_E2E_CALLS ?? 60) / 2;
/** Seeded, so that a failing run can be told again. */
const seed = Number(process.env.SANLING_E2E_SEED ?? 20_260_302);
/** Clock of SIPp against Asterisk's: two processes on a busy machine. */
const toleranceMs = 1_500;

describe('many calls over the trunk', () => {
  let house: House;
  let shifts: Shift[];
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterAll(() => house.close());

  it('leave timelines equal to what the callers did, and nothing in the exchange', async () => {
    const random = seededRandom(seed);
    const agents: RobotAgent[] = [];
    for (const number of ['801', '802', '803', '804', '805', '806']) agents.push(await house.agent(number));
    shifts = agents.map((agent, index) => workShift(agent, seededRandom(seed + index + 1)));
    const leaving = Array.from({ length: half }, (_, index) => [
      '8000',
      1_390_000_0000 + index,
      600 + Math.floor(random() * 5_000),
    ]);
    const staying = Array.from({ length: half }, (_, index) => ['8000', 1_370_000_0000 + index]);
    const common = { server: house.trunk, callsPerSecond: 1.5 };
    const [left, stayed] = await Promise.all([
      runSipp({ ...common, scenario: 'customer-hangs-up.xml', rows: leaving, address: '127.0.0.201' }),
      runSipp({ ...common, scenario: 'customer-stays.xml', rows: staying, address: '127.0.0.202' }),
    ]);
    expect({
      succeeded: left.succeeded + stayed.succeeded,
      errors: left.errors + stayed.errors,
    }).toMatchObject({
      succeeded: 2 * half,
    });
    await eventually(() => agents.every((agent) => agent.desk === null), {
      withinMs: 30_000,
      what: 'every desk is free',
    });
    for (const shift of shifts) await shift.over();
    const calls = await allCalls(house);
    const records = await finishedRecords(house, calls);
    expect(calls).toHaveLength(2 * half);
    expectEqual(records, left, stayed, shifts);
  }, 420_000);
});

async function allCalls(house: House): Promise<CallSummary[]> {
  return eventually(
    async () => {
      const calls = await house.calls();
      return calls.length >= 2 * half && calls.every(({ state }) => state === 'ended') ? calls : undefined;
    },
    { withinMs: 20_000, what: 'every call has ended' },
  );
}

/** Every call's record once its recording is stored. */
async function finishedRecords(house: House, calls: readonly CallSummary[]): Promise<CallDetail[]> {
  const open = new Set(calls.map(({ id }) => id));
  const records: CallDetail[] = [];
  await eventually(
    async () => {
      for (const id of open) {
        const record = await house.recordOf(id);
        const { fromNumber, recordings } = record;
        if (recordings.length !== 1 || recordings.some(({ state }) => state !== 'stored')) {
          throw new Error(`${fromNumber}: ${JSON.stringify(recordings)} ${kinds(record).join(' ')}`);
        }
        open.delete(id);
        records.push(record);
      }
      return true;
    },
    { withinMs: 90_000, everyMs: 250, what: 'every call has its recording' },
  );
  return records;
}

function expectEqual(
  records: readonly CallDetail[],
  left: SippResult,
  stayed: SippResult,
  shifts: readonly Shift[],
): void {
  const holdsDone = new Map<string, number>();
  for (const shift of shifts) for (const [callId, holds] of shift.holds) holdsDone.set(callId, holds);
  for (const record of records) {
    const { timeline, fromNumber } = record;
    const first = (kind: string) => timeline.find((event) => event.kind === kind);
    const count = (kind: string) => timeline.filter((event) => event.kind === kind).length;
    const story = `${fromNumber}: ${timeline.map(({ kind }) => kind).join(' ')}`;
    expect({ story, seqs: timeline.map(({ seq }) => seq) }).toEqual({
      story,
      seqs: timeline.map((_, at) => at + 1),
    });
    expect({ story, ended: count('call.ended'), left: count('customer.left') }).toEqual({
      story,
      ended: 1,
      left: 1,
    });
    const sipp = [...left.log, ...stayed.log].filter(({ who }) => maskedNumber(who) === fromNumber);
    const leaves = left.log.some(({ who }) => maskedNumber(who) === fromNumber);
    expect({ story, endedBy: record.endedBy }).toEqual({ story, endedBy: leaves ? 'customer' : 'agent' });
    const talked = first('ring.answered') !== undefined;
    expect({ story, outcome: record.outcome }).toEqual({ story, outcome: talked ? 'answered' : 'abandoned' });
    if (!leaves) expect({ story, talked }).toEqual({ story, talked: true });
    // As long on the line as SIPp says.
    const opened = sipp.find(({ event }) => event === 'opened')?.clockMs ?? 0;
    const gone = sipp.find(({ event }) => event !== 'opened')?.clockMs ?? 0;
    const onRecord =
      Date.parse(first('customer.left')?.at ?? '') - Date.parse(first('line.opened')?.at ?? '');
    expect({ story, apart: Math.abs(onRecord - (gone - opened)) < toleranceMs }).toEqual({
      story,
      apart: true,
    });
    // Every hold that an agent made is there, begun and ended.
    const holds = holdsDone.get(record.id) ?? 0;
    expect({ story, started: count('hold.started'), over: count('hold.ended') }).toEqual({
      story,
      started: holds,
      over: holds,
    });
    if (talked)
      expect({ story, wrapped: count('wrap-up.completed') }).toEqual({
        story,
        wrapped: count('ring.answered'),
      });
  }
}
