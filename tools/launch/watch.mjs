import { runningOf } from '../services/processes.mjs';
import { SERVICES, up } from '../services/services.mjs';

const LOOK_EVERY_MS = 3000;

/**
 * Starts a server again that has died under the running product.
 * @param {import('../services/home.mjs').Home} home
 * @param {(line: string) => void} say
 * @returns {{ stop: () => Promise<void> }}
 */
export function watchServers(home, say) {
  /** @type {Promise<void> | undefined} */
  let mending;
  const look = () => {
    const dead = SERVICES.filter(({ name, setting }) => !process.env[setting] && !runningOf(home, name));
    if (dead.length === 0 || mending) return;
    say(`${dead.map(({ label }) => label).join(', ')} ended; starting again`);
    mending = mend().finally(() => {
      mending = undefined;
    });
  };
  const mend = async () => {
    try {
      await up({ home, say });
    } catch (error) {
      // The next look tries again; meanwhile the product's own health tells what is missing.
      say(error instanceof Error ? error.message : String(error));
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      await mending;
    },
  };
}
