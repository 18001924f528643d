import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../services/failure.mjs';
import { startDetached, stopRemembered, untilAnswers } from '../../services/processes.mjs';
import { run, which } from '../../services/shell.mjs';
import { HOUSE, packetBytes } from './network.mjs';

/** As long as an engine may take to let go of what it runs. */
const END_MS = 90_000;

/** The plugin that a distribution's engine may lack, and from which source Go builds it. */
const COMPOSE = { module: 'github.com/docker/compose/v2', version: 'v2.40.3', main: './cmd' };

/** A Docker engine on the house's machine: its own images, socket and settings, apart from any other on this one. */
export class Engine {
  /** @param {import('../../services/home.mjs').Home} home */
  constructor(home) {
    this.home = home;
    this.folder = join(home.root, 'engine');
    /** @type {NodeJS.ProcessEnv} */
    this.env = {
      ...process.env,
      DOCKER_HOST: `unix://${join(this.folder, 'docker.sock')}`,
      DOCKER_CONFIG: join(this.folder, 'config'),
    };
  }

  async start() {
    // Of a run that was killed.
    await this.stop();
    mkdirSync(join(this.folder, 'config'), { recursive: true });
    const args = [
      ...['--data-root', join(this.folder, 'data'), '--exec-root', join(this.folder, 'exec')],
      ...['--pidfile', join(this.folder, 'pid'), '--host', String(this.env.DOCKER_HOST)],
      ...['--mtu', String(await packetBytes())],
    ];
    // Not `ip netns exec`, which hides the control groups.
    await startDetached(this.home, 'engine', {
      command: String(which('nsenter')),
      args: [`--net=/run/netns/${HOUSE.name}`, String(which('dockerd')), ...args],
      env: this.env,
    });
    await untilAnswers(this.home, 'engine', async () => (await this.ask('info')).ok, 60_000);
    await this.learnCompose();
  }

  async stop() {
    await stopRemembered(this.home, 'engine', { patienceMs: END_MS });
    rmSync(join(this.folder, 'pid'), { force: true });
  }

  /** @param {string[]} args */
  ask(...args) {
    return run('docker', args, { env: this.env });
  }

  /** @param {string[]} args */
  async must(...args) {
    const { ok, out, err } = await this.ask(...args);
    if (!ok) throw new Failure(`docker ${args.slice(0, 3).join(' ')}: ${err.trim().slice(-2_000)}`);
    return out;
  }

  /** `docker compose`, where the engine came without. */
  async learnCompose() {
    if ((await this.ask('compose', 'version')).ok) return;
    const plugins = join(String(this.env.DOCKER_CONFIG), 'cli-plugins');
    const { module, version, main } = COMPOSE;
    if (!which('go'))
      throw new Failure('docker compose is not there, nor Go to build it.', 'Install docker-compose-plugin.');
    mkdirSync(plugins, { recursive: true });
    const source = join(this.folder, 'compose');
    const fetched = await run('go', ['mod', 'download', '-json', `${module}@${version}`], {
      cwd: this.folder,
    });
    if (!fetched.ok) throw new Failure(`${module} could not be fetched: ${fetched.err.slice(-500)}`);
    rmSync(source, { recursive: true, force: true });
    await run('cp', ['-r', JSON.parse(fetched.out).Dir, source]);
    await run('chmod', ['-R', 'u+w', source]);
    const built = await run('go', ['build', '-o', join(plugins, 'docker-compose'), main], { cwd: source });
    rmSync(source, { recursive: true, force: true });
    if (!built.ok || !existsSync(join(plugins, 'docker-compose')))
      throw new Failure(`docker compose could not be built: ${built.err.slice(-500)}`);
  }
}

/** Why no engine can run here; undefined where one can. @returns {string | undefined} */
export function whyNoEngine() {
  if (process.platform !== 'linux') return 'it needs Linux, whose network namespaces keep the engine apart';
  if (process.getuid?.() !== 0) return 'it needs root, to start a Docker engine of its own';
  if (!which('dockerd') && !which('apt-get'))
    return 'dockerd is not installed, and there is no apt-get to install it';
  return undefined;
}
