import { createSocket } from 'node:dgram';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { openToOthers } from '../support/open-to-others.js';
import { isAlive, type Launched, TrialCheckout } from '../support/trial-checkout.js';

jest.setTimeout(120_000);

/** One home through its life: each start of the real servers takes seconds. */
describe('npm start', () => {
  let trial: TrialCheckout;
  let launcher: Launched;
  const password = () => JSON.parse(trial.read('secrets.json')).demoPassword;
  beforeAll(async () => {
    trial = await TrialCheckout.make();
  });
  afterAll(() => trial.remove());

  it('starts everything, and says how to sign in and to call', async () => {
    launcher = trial.launch('start.mjs', [], { SANLING_DEMO_PASSWORD: 'three bells' });
    await launcher.says('is ready');
    for (const told of [
      `http://127.0.0.1:${trial.port}`,
      'three bells',
      `sip:8000@127.0.0.1:${trial.trunkPort}`,
      '/phone',
    ]) {
      expect(launcher.out).toContain(told);
    }
    const { env, pid } = await trial.product();
    expect(env).toMatchObject({ SANLING_HOME: trial.home, SANLING_DEMO_PASSWORD: 'three bells' });
    expect(env.DATABASE_URL).toMatch(/^postgres:\/\//);
    expect(openToOthers(trial.home)).toEqual([]);
    expect([...trial.serverPids(), pid].every(isAlive)).toBe(true);
  });

  it('will not start twice in one home', async () => {
    const second = trial.launch('start.mjs');
    await expect(second.ended()).resolves.toBe(1);
    expect(oneLine(second.err)).toMatch(/running already .* SANLING_HOME/);
    expect((await trial.product()).pid).toBeGreaterThan(0);
  });

  it('starts a crashed server again', async () => {
    const { pid } = await trial.product();
    await fetch(`http://127.0.0.1:${trial.port}/crash`).catch((error: Error) =>
      expect(error.message).toBe('fetch failed'),
    );
    await eventually(async () => (await trial.product()).pid !== pid, { withinMs: 10_000 });
    expect(launcher.out).toMatch(/api ended \(3\); starting it again in 0\.5 s/);
    const [, redis] = trial.serverPids();
    const before = launcher.out.length;
    process.kill(Number(redis), 'SIGKILL');
    await eventually(() => launcher.out.slice(before).includes('Redis started'), { withinMs: 15_000 });
  });

  it('finds and reuses the servers of a launcher that was killed, and keeps the demo', async () => {
    const before = { servers: trial.serverPids(), product: (await trial.product()).pid };
    launcher.child.kill('SIGKILL');
    await launcher.ended();
    launcher = trial.launch('start.mjs', [], { SANLING_DEMO_PASSWORD: 'too late' });
    await launcher.says('SANLING_DEMO_PASSWORD is not used');
    await launcher.says('is ready');
    expect(launcher.out).toContain('three bells');
    expect(launcher.out).not.toContain('building');
    expect(password()).toBe('three bells');
    expect(trial.serverPids()).toEqual(before.servers);
    expect((await trial.product()).pid).not.toBe(before.product);
    expect(isAlive(before.product)).toBe(false);
  });

  it('stops it all at Ctrl-C', async () => {
    const pids = [...trial.serverPids(), (await trial.product()).pid];
    await expect(launcher.interrupt()).resolves.toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('makes a new demo with --reset, and leaves alone what is not part of it', async () => {
    trial.write('.runtime/mine.txt', 'not part of the demo');
    launcher = trial.launch('start.mjs', ['--reset']);
    await launcher.says('is ready');
    expect(password()).not.toBe('three bells');
    expect(launcher.out).toContain(password());
    expect(trial.has('mine.txt')).toBe(true);
    await launcher.interrupt();
  });
});

describe('npm start, in a home of an earlier version', () => {
  let trial: TrialCheckout;
  beforeAll(async () => {
    trial = await TrialCheckout.make();
  });
  afterAll(() => trial.remove());

  it('closes a home that an earlier version left open to others', async () => {
    const files = ['recordings/2026/a.ogg', 'asterisk/spool/recording/b.wav', 'log/api.log', 'run/old.json'];
    for (const path of files) {
      trial.write(`.runtime/${path}`, '{}');
      for (let at = path; at !== '.'; at = dirname(at)) chmodSync(join(trial.home, at), 0o755);
    }
    expect(openToOthers(trial.home)).toHaveLength(11);
    await expect(trial.launch('services-cli.mjs', ['down']).ended()).resolves.toBe(0);
    expect(openToOthers(trial.home)).toEqual([]);
  });
});

describe('npm start, refusing', () => {
  let trial: TrialCheckout;
  beforeEach(async () => {
    trial = await TrialCheckout.make();
  });
  afterEach(() => trial.remove());

  /** Runs the launcher to its refusal. */
  async function refusal(env: NodeJS.ProcessEnv = {}, args: string[] = []): Promise<string> {
    const launcher = trial.launch('start.mjs', args, env);
    expect(await launcher.ended()).toBe(1);
    return oneLine(launcher.err);
  }

  it('names a busy web port and the setting to change', async () => {
    const other = createServer().listen(trial.port, '127.0.0.1');
    await eventually(() => other.listening);
    expect(await refusal()).toMatch(
      new RegExp(`TCP port ${trial.port} .* in use .* PORT=${trial.port + 1} npm start`),
    );
    other.close();
  });

  it('names a busy trunk port and the setting to change, and leaves nothing running', async () => {
    const other = createSocket('udp4');
    await new Promise<void>((bound) => other.bind(trial.trunkPort, '127.0.0.1', bound));
    expect(await refusal()).toMatch(new RegExp(`UDP port ${trial.trunkPort} .* in use .* SIP_TRUNK_PORT`));
    expect(['postgres', 'redis', 'asterisk', 'api'].filter((name) => trial.has(`run/${name}.json`))).toEqual(
      [],
    );
    other.close();
  });

  it.each([
    ['a port that is none', { PORT: 'web' }, [], /PORT is "web"/],
    ['an argument it does not know', {}, ['--resett'], /"--resett" is not known/],
    [
      'a reset of a database that is not its own',
      { DATABASE_URL: 'postgres://elsewhere/x' },
      ['--reset'],
      /DATABASE_URL points to one/,
    ],
  ])('refuses %s', async (_, env, args, told) => {
    expect(await refusal(env, args)).toMatch(told);
  });

  it('says that neither Asterisk nor Debian tools were found', async () => {
    const empty = { PATH: '/nowhere', XDG_CACHE_HOME: `${trial.root}/cache` };
    expect(await refusal(empty)).toMatch(
      /asterisk.* not found, and this machine has no Debian package tools/,
    );
  });

  it('says that the packages could not be fetched, and leaves no half of them', async () => {
    const offline = {
      XDG_CACHE_HOME: `${trial.root}/cache`,
      SANLING_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian',
    };
    expect(await refusal(offline)).toMatch(/could not be fetched.* Check the network/);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(`${trial.root}/cache/sanling`)).toEqual([]);
  });

  it('tells the reason of a server that cannot start', async () => {
    trial.write('server.mjs', "console.error('configuration: REDIS_URL is wrong'); process.exit(1);");
    expect(await refusal()).toMatch(/does not start: configuration: REDIS_URL is wrong/);
  });

  it('tells where a build failed, and builds again next time', async () => {
    trial.write(
      'package.json',
      JSON.stringify({
        type: 'module',
        scripts: { 'build:server': 'echo "src/x.ts: error TS1" && false', 'build:client': 'true' },
      }),
    );
    expect(await refusal()).toMatch(/build failed: src\/x\.ts: error TS1/);
    expect(await refusal()).toMatch(/build failed/);
  });
});

function oneLine(text: string): string {
  const lines = text.trim().split('\n');
  expect(lines).toHaveLength(1);
  return lines[0] ?? '';
}
