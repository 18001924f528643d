import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../services/failure.mjs';
import { down } from '../services/services.mjs';

// By name: SANLING_HOME may be a folder with other things in it.
const DEMO = ['postgres', 'postgres.part', 'redis', 'asterisk', 'recordings', 'secrets.json'];

/**
 * Forgets everything of the demo in this home: calls, people, recordings and passwords.
 * @param {import('../services/home.mjs').Home} home
 * @param {(line: string) => void} say
 */
export async function reset(home, say) {
  for (const setting of ['DATABASE_URL', 'REDIS_URL']) {
    if (!process.env[setting]) continue;
    throw new Failure(
      `--reset does not empty a server of yours, and ${setting} points to one.`,
      `Unset ${setting} to reset the demo.`,
    );
  }
  await down({ home });
  for (const name of DEMO) rmSync(join(home.root, name), { recursive: true, force: true });
  say('the old demo is gone');
}
