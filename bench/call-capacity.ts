/**
 * Calls a second that are answered, talked through with audio both ways and recorded, 999 of 1000 of them: the product
 * (its own server process, agents at desks who wrap up) against Asterisk's app_queue with as many members on the same
 * exchange in the same run. The rate is stepped up until a step fails; rounds of both alternate, medians count. At the
 * end the product is overloaded, and what the exchange still holds afterwards is counted.
 */
import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { whatAsteriskHolds } from '../test/support/phones/asterisk-rest.js';
import { useServices as runningServices } from '../test/support/services.js';
import { appQueue, openAppQueue } from './call-capacity/app-queue.js';
import { HouseOfAgents } from './call-capacity/house-of-agents.js';
import { offer, talkMs } from './call-capacity/load.js';
import { processorMs } from './call-capacity/processor-time.js';
import { recordedFiles, removeRecorded } from './call-capacity/recorded.js';

const rounds = 3;
const secondsAStep = 6;
const rates = [4, 8, 12, 16, 20, 25, 30, 40, 50];
const needed = 0.999;
/** Ring, talk, and the desk's wrap-up, with some to spare at the highest rate. */
const agents = Math.ceil((rates.at(-1) ?? 0) * (talkMs / 1_000 + 1));
/** The whole benchmark ends before this, with fewer rounds if need be. */
const longestMs = 330_000;
const overloadFactor = 2;

const services = runningServices();
const server = { host: '127.0.0.1', port: Number(services.SIP_TRUNK_PORT) };
const startedAt = performance.now();
const say = (text: string) =>
  console.error(`${((performance.now() - startedAt) / 1_000).toFixed(0).padStart(4)} s  ${text}`);
const median = (numbers: number[]) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

interface Side {
  name: 'ours' | 'peer';
  dialled: string;
  from: string;
  /** Whose processor time counts. */
  processes: Readonly<Record<string, number>>;
}
/** Processor time a call, ms, by process. */
type Cost = Readonly<Record<string, number>>;
interface Capacity {
  callsPerSecond: number;
  cost: Cost;
}

/** The highest rate of the ladder that the side keeps, from the step below the one it kept before. */
async function capacityOf(side: Side, from: number): Promise<Capacity> {
  let best: Capacity = { callsPerSecond: 0, cost: {} };
  for (const callsPerSecond of rates.slice(Math.max(0, from))) {
    const before = await cpu(side);
    const { offered, succeeded } = await step(side, callsPerSecond);
    const after = await cpu(side);
    const cost = mapValues(after, (ms, name) => Math.round((ms - (before[name] ?? 0)) / offered));
    say(
      `${side.name} ${callsPerSecond}/s: ${succeeded} of ${offered}, ms of processor a call: ${JSON.stringify(cost)}`,
    );
    if (succeeded / offered < needed) break;
    best = { callsPerSecond, cost };
  }
  return best;
}

async function cpu({ processes }: Side): Promise<Cost> {
  const entries = Object.entries(processes).map(
    async ([name, pid]) => [name, await processorMs(pid)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

const mapValues = (cost: Cost, make: (ms: number, name: string) => number): Cost =>
  Object.fromEntries(Object.entries(cost).map(([name, ms]) => [name, make(ms, name)]));

async function step({ dialled, from }: Side, callsPerSecond: number) {
  const outcome = await offer({ dialled, from, server, callsPerSecond, seconds: secondsAStep });
  await leftAfter(20_000);
  return outcome;
}

/** Channels and bridges that the exchange still holds, at the latest after so long. */
async function leftAfter(ms: number): Promise<number> {
  for (const until = performance.now() + ms; ; await pause(250)) {
    const held = (await whatAsteriskHolds(services)).filter((line) => !line.startsWith('recording'));
    if (held.length === 0 || performance.now() > until) return held.length;
  }
}

async function asteriskPid(): Promise<number> {
  return Number.parseInt(
    await readFile(join(services.SANLING_HOME, 'asterisk/run/asterisk.pid'), 'utf8'),
    10,
  );
}

const recordedBefore = await recordedFiles(services);
const asterisk = await asteriskPid();
say(`seating ${agents} agents`);
const house = await HouseOfAgents.open(services, agents);
try {
  await openAppQueue(services, agents);
  const ours: Side = {
    name: 'ours',
    dialled: '8000',
    from: '13900000000',
    processes: { asterisk, server: house.api.pid },
  };
  const peer: Side = { name: 'peer', ...appQueue, processes: { asterisk } };
  const measured = { ours: [] as Capacity[], peer: [] as Capacity[] };
  for (let round = 0; round < rounds && performance.now() - startedAt < longestMs * 0.7; round++) {
    for (const side of round % 2 === 0 ? [ours, peer] : [peer, ours]) {
      const before = measured[side.name].at(-1)?.callsPerSecond ?? 0;
      measured[side.name].push(await capacityOf(side, rates.indexOf(before) - 1));
    }
  }
  const best = (side: 'ours' | 'peer') => median(measured[side].map(({ callsPerSecond }) => callsPerSecond));
  const cpuMsPerCall = (side: Side) =>
    mapValues(side.processes, (_, name) => median(measured[side.name].map(({ cost }) => cost[name] ?? 0)));
  const overload = Math.max(rates[0] ?? 0, best('ours')) * overloadFactor;
  const overloaded = await offer({ ...ours, server, callsPerSecond: overload, seconds: secondsAStep });
  say(`overload of ${overload}/s: ${overloaded.succeeded} of ${overloaded.offered}`);
  const leaked = await leftAfter(60_000);
  const result = {
    name: 'call-capacity',
    ours: best('ours'),
    peer: best('peer'),
    ratio: Number((best('ours') / Math.max(best('peer'), 1e-9)).toFixed(3)),
    unit: 'calls/s',
    concurrent: Math.round(best('ours') * (talkMs / 1_000)),
    cpuMsPerCall: { ours: cpuMsPerCall(ours), peer: cpuMsPerCall(peer) },
    rounds: measured.ours.length,
    leaked,
  };
  console.log(JSON.stringify(result));
  if (leaked > 0) process.exitCode = 1;
} finally {
  await house.close();
  await removeRecorded(services, recordedBefore);
}
