import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { demoPassword } from '../support/api-client.js';
import { eventually } from '../support/eventually.js';

const run = promisify(execFile);

/** A process in a container. */
export interface Inmate {
  service: string;
  command: string;
  user: number;
  /** Of the kernel's privileges, as it writes them; zeroes: none. */
  capabilities: string;
}

/** Which of the ways in the documentation it is run by. */
export interface Way {
  /** With the port of a trunk over TLS. */
  tls?: boolean;
  /** Two nodes behind an edge. */
  scale?: boolean;
}

/** The machine that the containers run on, and what its owner does there. */
export class House {
  readonly address = wanted('HOUSE_ADDRESS');
  readonly address6 = wanted('HOUSE_ADDRESS_6');
  readonly carrier = wanted('CARRIER_ADDRESS');
  private readonly tree = wanted('SANLING_TREE');

  /** Settings of a house with TLS and a carrier, which other machines reach. */
  get open(): Record<string, string> {
    return {
      BIND_ADDRESS: this.address,
      SIP_BIND_ADDRESS: this.address,
      PUBLIC_ADDRESS: this.address,
      SIP_TRUNK_PEERS: this.carrier,
      SANLING_TLS_CERT: '/certificates/house.pem',
      SANLING_TLS_KEY: '/certificates/house.key',
      SANLING_DEMO_FLOW: '',
    };
  }

  at(path: string): string {
    return join(this.tree, path);
  }

  /** `.env` as it is made for everybody, and these settings over it. */
  async settle(settings: Record<string, string>): Promise<void> {
    await run('rm', ['-f', this.at('.env')]);
    await run(process.execPath, [this.at('deploy/make-env.mjs'), this.at('.env')]);
    await this.change({
      SANLING_DEMO_PASSWORD: demoPassword,
      ASTERISK_DESCRIPTORS: descriptors(),
      ...settings,
    });
  }

  async change(settings: Record<string, string>): Promise<void> {
    const lines = (await readFile(this.at('.env'), 'utf8')).split('\n');
    const kept = lines.filter((line) => !((line.split('=')[0] as string) in settings));
    const added = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
    await writeFile(this.at('.env'), [...kept.filter(Boolean), ...added, ''].join('\n'));
  }

  /** Resolves once every part says that it is well. @returns seconds it took */
  async up(way: Way = {}): Promise<number> {
    const from = performance.now();
    await this.compose(way, 'up', '--detach', '--wait', '--wait-timeout', '240');
    return seconds(from);
  }

  async down({ volumes = false } = {}): Promise<void> {
    const more = volumes ? ['--volumes'] : [];
    await this.compose({ tls: true, scale: true }, 'down', '--timeout', '30', ...more);
  }

  /** What a command in a container says. */
  async inside(service: string, ...command: string[]): Promise<string> {
    return this.compose({ scale: true }, 'exec', '-T', service, ...command);
  }

  /** What a program says that runs on this machine, outside of the containers. */
  async onMachine(command: string, ...args: string[]): Promise<string> {
    const namespace = `--net=/run/netns/${wanted('HOUSE_NAMESPACE')}`;
    return (await run('nsenter', [namespace, command, ...args])).stdout;
  }

  /** Ends a part as an accident would; resolves when it is back and well. @returns seconds it took */
  async kill(service: string): Promise<number> {
    const { pid, id } = await this.state(service);
    const from = performance.now();
    process.kill(pid, 'SIGKILL');
    await eventually(
      async () => {
        const now = await this.state(service);
        return now.id === id && now.pid > 0 && now.pid !== pid && now.health === 'healthy';
      },
      { withinMs: 90_000, everyMs: 250, what: `${service} is back` },
    );
    return seconds(from);
  }

  /** Every process of every part. */
  async inmates(): Promise<Inmate[]> {
    const names = (await this.compose({ scale: true }, 'ps', '--services')).trim().split('\n');
    const found = await Promise.all(names.map((service) => this.inmatesOf(service)));
    return found.flat();
  }

  private async inmatesOf(service: string): Promise<Inmate[]> {
    const { id } = await this.state(service);
    const { stdout } = await run('docker', ['top', id, '-eo', 'pid,comm']);
    const lines = stdout.trim().split('\n').slice(1);
    return lines.map((line) => {
      const [pid = '', command = ''] = line.trim().split(/\s+/);
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      return {
        service,
        command,
        user: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]),
        capabilities: /^CapEff:\s+(\w+)/m.exec(status)?.[1] ?? '',
      };
    });
  }

  private async state(service: string): Promise<{ id: string; pid: number; health: string }> {
    const id = (await this.compose({ scale: true }, 'ps', '--all', '--quiet', service)).trim();
    const format = '{{.State.Pid}} {{.State.Health.Status}}';
    const { stdout } = await run('docker', ['inspect', '--format', format, id]);
    const [pid = '', health = ''] = stdout.trim().split(' ');
    return { id, pid: Number(pid), health };
  }

  private async compose({ tls, scale }: Way, ...command: string[]): Promise<string> {
    const files = ['-f', 'docker-compose.yml', ...(tls ? ['-f', 'deploy/tls.yml'] : [])];
    const settings = scale
      ? ['--env-file', '.env', '--env-file', 'deploy/scale.env', '--profile', 'scale']
      : [];
    const options = { cwd: this.tree, maxBuffer: 16_000_000 };
    const { stdout } = await run('docker', ['compose', ...files, ...settings, ...command], options);
    return stdout;
  }
}

function wanted(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these tests are started by npm run test:containers`);
  return value;
}

/** As many open files as the machine allows at all, where that is less than what is asked for. */
function descriptors(): string {
  const limits = readFileSync('/proc/self/limits', 'utf8');
  const hard = Number(/^Max open files\s+\d+\s+(\d+)/m.exec(limits)?.[1] ?? 65_536);
  return String(Math.min(hard, 65_536));
}

const seconds = (from: number): number => Math.round((performance.now() - from) / 100) / 10;
