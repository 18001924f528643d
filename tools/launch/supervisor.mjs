import { spawn } from 'node:child_process';
import { closeSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../services/home.mjs';
import { openOutput } from '../services/output.mjs';
import { remember, stopRemembered } from '../services/processes.mjs';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Whoever ran this long was healthy: the next crash starts counting anew. */
const HEALTHY_AFTER_MS = 60_000;

/**
 * Keeps one program of the product running: starts it again when it crashes, after a growing pause.
 */
export class Kept {
  #stopping = false;
  #crashes = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {import('../services/home.mjs').Home} home
   * @param {string} name
   * @param {{ file: string, env: NodeJS.ProcessEnv, say: (line: string) => void }} how
   */
  constructor(home, name, how) {
    this.home = home;
    this.name = name;
    this.how = how;
    this.log = join(home.log, `${name}.log`);
    this.output = join(home.log, `${name}-output.log`);
  }

  /** How often it has crashed since it was last healthy. */
  get crashes() {
    return this.#crashes;
  }

  /** Ends what a killed launcher left of it, then starts it. */
  async start() {
    await stopRemembered(this.home, this.name);
    if (!this.#stopping) this.#launch();
  }

  #launch() {
    const output = openOutput(this.output);
    const startedAt = Date.now();
    // A group of its own: Ctrl-C reaches the launcher alone, which then ends its children in order.
    const child = spawn(process.execPath, ['--enable-source-maps', this.how.file], {
      cwd: CHECKOUT,
      env: { ...this.how.env, SANLING_LOG_FILE: this.log },
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    if (child.pid) remember(this.home, this.name, child.pid, {});
    child.once('error', (error) => this.how.say(`${this.name}: ${error.message}`));
    child.once('exit', (code, signal) => this.#ended(Date.now() - startedAt, code ?? signal));
  }

  /** @param {number} ranMs @param {number | string | null} reason */
  #ended(ranMs, reason) {
    if (this.#stopping) return;
    this.#crashes = ranMs >= HEALTHY_AFTER_MS ? 1 : this.#crashes + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#crashes - 1));
    this.how.say(`${this.name} ended (${reason}); starting it again in ${pause / 1000} s (${this.log})`);
    this.#timer = setTimeout(() => this.#launch(), pause);
  }

  async stop() {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await stopRemembered(this.home, this.name);
    rmSync(join(this.home.run, `${this.name}.json`), { force: true });
  }

  /** The last thing it said that reads like a reason. */
  lastWords() {
    const lines = [this.log, this.output]
      .filter((path) => existsSync(path))
      .flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(-40))
      .filter((line) => line !== '');
    const reason =
      lines.findLast((line) => /error|cannot|refus|configuration|fatal/i.test(line)) ?? lines.at(-1);
    return reason?.trim().slice(0, 300) ?? 'it said nothing';
  }
}
