import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.js';

const CHECKOUT = resolve(import.meta.dirname, '../..');

/** A server that stands in for the product's: what is under test is the launcher around it. */
const SERVER = `
import { createServer } from 'node:http';
const server = createServer((request, reply) => {
  if (request.url === '/crash') process.exit(3);
  reply.end(JSON.stringify({ status: 'ok', pid: process.pid, env: process.env }));
});
server.listen(Number(process.env.PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
`;
const WORKER = "setInterval(() => undefined, 1000); process.on('SIGTERM', () => process.exit(0));";

/** The real launcher in a checkout of its own, with a home, ports and a product of a few lines. */
export class TrialCheckout {
  readonly root = mkdtempSync(join(tmpdir(), 'sanling-trial-'));
  readonly home = join(this.root, '.runtime');
  readonly port: number;
  readonly trunkPort: number;
  private readonly launched: ChildProcess[] = [];

  private constructor([port, trunkPort]: [number, number]) {
    this.port = port;
    this.trunkPort = trunkPort;
    for (const folder of ['tools', 'asterisk'])
      cpSync(join(CHECKOUT, folder), join(this.root, folder), { recursive: true });
    symlinkSync(join(CHECKOUT, 'node_modules'), join(this.root, 'node_modules'));
    this.write('server.mjs', SERVER);
    this.write('worker.mjs', WORKER);
    const build = 'mkdir -p dist client/dist && cp server.mjs dist/main.js && cp worker.mjs dist/worker.js';
    const scripts = {
      'build:server': build,
      'build:client': 'mkdir -p client/dist && touch client/dist/index.html',
    };
    this.write('package.json', JSON.stringify({ name: 'trial', type: 'module', scripts }));
    // Older than what is installed, so that npm is left alone.
    cpSync(join(CHECKOUT, 'package-lock.json'), join(this.root, 'package-lock.json'), {
      preserveTimestamps: true,
    });
  }

  static async make(): Promise<TrialCheckout> {
    return new TrialCheckout([await freePort(), await freePort()]);
  }

  /** Runs one of the tools; nothing of the suite's own servers is passed on. */
  launch(tool: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Launched {
    const own = { PORT: String(this.port), SIP_TRUNK_PORT: String(this.trunkPort), SANLING_HOME: this.home };
    const kept = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'LANG', 'SANLING_DEBIAN_MIRROR'];
    const inherited = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
    const child = spawn(process.execPath, [join(this.root, 'tools', tool), ...args], {
      cwd: this.root,
      env: { ...inherited, ...own, ...env },
    });
    this.launched.push(child);
    return new Launched(child);
  }

  read(path: string): string {
    return readFileSync(join(this.home, path), 'utf8');
  }

  has(path: string): boolean {
    return existsSync(join(this.home, path));
  }

  write(path: string, text: string): void {
    mkdirSync(join(this.root, path, '..'), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  removeFile(path: string): void {
    rmSync(join(this.root, path));
  }

  /** The process ids of the three servers, as noted. */
  serverPids(): number[] {
    return ['postgres', 'redis', 'asterisk'].map((name) => JSON.parse(this.read(`run/${name}.json`)).pid);
  }

  async product(): Promise<{ pid: number; env: Record<string, string> }> {
    const reply = await fetch(`http://127.0.0.1:${this.port}/api/health`);
    return (await reply.json()) as { pid: number; env: Record<string, string> };
  }

  async remove(): Promise<void> {
    for (const child of this.launched) if (child.exitCode === null) child.kill('SIGKILL');
    await this.launch('services-cli.mjs', ['down']).ended();
    for (const name of ['api', 'worker']) this.endNoted(name);
    rmSync(this.root, { recursive: true, force: true });
  }

  private endNoted(name: string): void {
    if (!this.has(`run/${name}.json`)) return;
    const { pid } = JSON.parse(this.read(`run/${name}.json`));
    if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
}

/** A tool that was started: what it says and how it ends. */
export class Launched {
  out = '';
  err = '';
  private readonly end: Promise<number | null>;

  constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk) => {
      this.out += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      this.err += chunk;
    });
    this.end = new Promise((done) => child.once('close', done));
  }

  /** Waits for the tool to end by itself. */
  ended(): Promise<number | null> {
    return this.end;
  }

  async says(text: string | RegExp, withinMs = 60_000): Promise<void> {
    const pattern = typeof text === 'string' ? new RegExp(text) : text;
    const heard = () => pattern.test(this.out) || this.child.exitCode !== null;
    await eventually(heard, { withinMs, what: `the launcher says ${pattern}` });
    if (!pattern.test(this.out)) throw new Error(`the launcher ended instead: ${this.out}${this.err}`);
  }

  async interrupt(): Promise<number | null> {
    this.child.kill('SIGINT');
    return await this.end;
  }
}

/** Whether a process runs (a zombie does not). */
export function isAlive(pid: number): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) Z /.test(readFileSync(path, 'utf8'));
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? done(address.port) : failed(new Error('no port')),
      );
    });
  });
}
