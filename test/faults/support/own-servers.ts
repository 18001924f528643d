import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { eventually } from '../../support/eventually.js';

export type Server = 'postgres' | 'redis' | 'asterisk';

const checkout = resolve(import.meta.dirname, '../../..');
const cli = join(checkout, 'tools/services-cli.mjs');
const runningSchema = z.object({ pid: z.number() });
/** Set, they would mean a server that runs elsewhere. */
const elsewhere = ['DATABASE_URL', 'REDIS_URL', 'ASTERISK_HTTP_URL'];

/** The servers of these suites, which may be killed, frozen and started again. */
export class OwnServers {
  private readonly home = resolve(checkout, process.env.SANLING_HOME ?? '');
  private readonly frozen = new Set<number>();

  /** Ends a server as a crash does: nobody is told, nothing is written. */
  async kill(server: Server): Promise<void> {
    const pids = [this.pidOf(server), ...childrenOf(this.pidOf(server))];
    // PostgreSQL's own word for a crash: its children would outlive a SIGKILL of their parent.
    process.kill(this.pidOf(server), server === 'postgres' ? 'SIGQUIT' : 'SIGKILL');
    await gone(pids);
  }

  /** Starts whatever does not run, as it was before. */
  async start(): Promise<void> {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !elsewhere.includes(name)));
    const child = spawn(process.execPath, [cli, 'up'], { cwd: checkout, env, stdio: 'ignore' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`the servers could not be started: ${code}`);
  }

  /** The server is there and answers nothing any more, as behind a network that swallows everything. */
  freeze(server: Server): void {
    const pid = this.pidOf(server);
    for (const one of [pid, ...childrenOf(pid)]) {
      process.kill(one, 'SIGSTOP');
      this.frozen.add(one);
    }
  }

  /** Everything frozen goes on. */
  thaw(): void {
    for (const pid of this.frozen) process.kill(pid, 'SIGCONT');
    this.frozen.clear();
  }

  private pidOf(server: Server): number {
    const record = readFileSync(join(this.home, 'run', `${server}.json`), 'utf8');
    return runningSchema.parse(JSON.parse(record)).pid;
  }
}

/** PostgreSQL works in a process for each connection. */
function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent);
}

function parentOf(pid: number): number | undefined {
  const stat = readStat(pid);
  return stat === undefined ? undefined : Number(stat[1]);
}

/** What follows the name in `/proc/<pid>/stat`: state, parent …; undefined when the process has gone. */
function readStat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

async function gone(pids: readonly number[]): Promise<void> {
  await eventually(() => pids.every((pid) => (readStat(pid)?.[0] ?? 'Z') === 'Z'), {
    withinMs: 10_000,
    what: 'the server has ended',
  });
}
