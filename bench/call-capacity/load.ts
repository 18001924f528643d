import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeALaw } from '../../test/support/phones/a-law.js';

export const agentsAt = { host: '127.0.0.200', port: 20_600 };
const customersAddress = '127.0.0.201';
export const talkMs = 3_000;
/** Longest wait for the last call of a step after it was offered. */
const patienceMs = 15_000;
const goodbyeMs = 3_000;

const scenario = (name: string) => join(import.meta.dirname, name);

export interface Offered {
  /** What the customers dial. */
  dialled: string;
  /** What they call themselves. */
  from: string;
  server: { host: string; port: number };
  callsPerSecond: number;
  seconds: number;
}

/** How many calls of a step were offered, and how many went from the customer's dialling to the agent's goodbye. */
export interface Outcome {
  offered: number;
  succeeded: number;
}

/** One step of load: SIPp's customers with a voice, SIPp's agents that answer at once and echo it. */
export async function offer(load: Offered): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'call-capacity-'));
  const offered = Math.round(load.callsPerSecond * load.seconds);
  const limit = ['-timeout', `${Math.ceil(load.seconds + (talkMs + patienceMs) / 1_000)}s`, '-nostdin'];
  try {
    await writeFile(join(folder, 'calls.csv'), `SEQUENTIAL\n${load.dialled};${talkMs};${load.from}\n`);
    await writeFile(join(folder, 'voice.alaw'), voice());
    const agents = sipp(folder, 'agents.csv', [
      ...['-sf', scenario('agent.xml'), '-i', agentsAt.host, '-p', String(agentsAt.port), '-rtp_echo'],
      ...['-m', String(offered), '-mp', '24000', ...limit],
    ]);
    const customers = sipp(folder, 'customers.csv', [
      `${load.server.host}:${load.server.port}`,
      ...['-sf', scenario('customer.xml'), '-inf', join(folder, 'calls.csv'), '-i', customersAddress],
      ...['-m', String(offered), '-r', String(Math.round(load.callsPerSecond * 10)), '-rp', '10000'],
      ...['-l', '2000', ...limit],
    ]);
    await once(customers, 'exit');
    await ended(agents);
    const counts = await Promise.all(
      ['customers.csv', 'agents.csv'].map((name) => succeeded(join(folder, name))),
    );
    return { offered, succeeded: Math.min(...counts) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The agents' goodbye comes after the customers'; agents that were not called wait for ever. */
async function ended(agents: ChildProcess): Promise<void> {
  if (agents.exitCode !== null || agents.signalCode !== null) return;
  const exit = once(agents, 'exit');
  const stop = setTimeout(() => agents.kill('SIGTERM'), goodbyeMs);
  await exit;
  clearTimeout(stop);
}

function sipp(folder: string, statistics: string, args: string[]): ChildProcess {
  const counted = ['-trace_stat', '-stf', join(folder, statistics), '-fd', '1'];
  return spawn('sipp', [...args, ...counted], { cwd: folder, stdio: 'ignore' });
}

async function succeeded(statistics: string): Promise<number> {
  const [header = '', ...lines] = (await readFile(statistics, 'utf8')).trim().split('\n');
  const last = (lines.at(-1) ?? '').split(';');
  return Number(last[header.split(';').indexOf('SuccessfulCall(C)')] ?? 0);
}

/** A second of a tone that swells and fades, as speech does. */
function voice(): Buffer {
  return Buffer.from(
    Uint8Array.from({ length: 8_000 }, (_, n) => {
      const swell = Math.sin((Math.PI * n) / 8_000);
      return encodeALaw(Math.round(8_000 * swell * Math.sin((2 * Math.PI * 300 * n) / 8_000)));
    }),
  );
}
