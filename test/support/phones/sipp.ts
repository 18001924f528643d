import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SippRun {
  /** File name under test/e2e/scenarios. */
  scenario: string;
  /** One row a call; what `[field0]`, `[field1]` … of the scenario mean. */
  rows: readonly (readonly (string | number)[])[];
  /** The customers' own address: 127.0.0.x. */
  address: string;
  server: { host: string; port: number };
  callsPerSecond: number;
  /** Then SIPp gives up what still goes on; absent: it waits for every call's end. */
  quitsAfterMs?: number;
}

export interface SippResult {
  succeeded: number;
  failed: number;
  /** What the scenario logged: `[field1] event clock` lines. */
  log: { who: string; event: string; clockMs: number }[];
  /** What went wrong, as SIPp says it. */
  errors: string;
}

/** Runs SIPp with one call a row and tells what it did. */
export async function runSipp(run: SippRun): Promise<SippResult> {
  const folder = await mkdtemp(join(tmpdir(), 'sipp-'));
  const at = (name: string) => join(folder, name);
  try {
    await writeFile(at('calls.csv'), `SEQUENTIAL\n${run.rows.map((row) => row.join(';')).join('\n')}\n`);
    const scenario = fileURLToPath(new URL(`../../e2e/scenarios/${run.scenario}`, import.meta.url));
    const { server, rows, address, quitsAfterMs } = run;
    const rate = ['-r', String(Math.max(1, Math.round(run.callsPerSecond * 10))), '-rp', '10000'];
    const child = spawn(
      'sipp',
      [
        ...[`${server.host}:${server.port}`, '-sf', scenario, '-inf', at('calls.csv'), '-i', address],
        ...['-m', String(rows.length), ...rate, '-nostdin', '-trace_logs', '-log_file', at('log')],
        ...['-trace_err', '-error_file', at('errors'), '-trace_stat', '-stf', at('stat.csv'), '-fd', '1'],
      ],
      // Its own time limit would wait for every call's end all the same.
      { cwd: folder, stdio: 'ignore', timeout: quitsAfterMs, killSignal: 'SIGKILL' },
    );
    await once(child, 'exit');
    const [log, errors, stat] = await Promise.all(
      ['log', 'errors', 'stat.csv'].map((name) => readOr(at(name))),
    );
    return { ...counts(stat ?? ''), log: entries(log ?? ''), errors: errors ?? '' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** SIPp makes a file only when it has something to write. */
async function readOr(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

function counts(stat: string): { succeeded: number; failed: number } {
  const [header = '', ...lines] = stat.trim().split('\n');
  const last = (lines.at(-1) ?? '').split(';');
  const column = (name: string) => Number(last[header.split(';').indexOf(name)] ?? 0);
  return { succeeded: column('SuccessfulCall(C)'), failed: column('FailedCall(C)') };
}

function entries(log: string): SippResult['log'] {
  return [...log.matchAll(/^(\S+) (\S+) (\d+)$/gm)].map(([, who = '', event = '', clock = '']) => ({
    who,
    event,
    clockMs: Number(clock),
  }));
}
