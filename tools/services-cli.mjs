import { Failure, runTool } from './services/failure.mjs';
import { homeFrom } from './services/home.mjs';
import { down, environmentFor, stateOf, up } from './services/services.mjs';

/** `up`, `down`, `status` or `env` (shell lines that set what the API reads) for the servers under SANLING_HOME. */
await runTool(async () => {
  const home = homeFrom();
  const say = (/** @type {string} */ line) => console.error(line);
  switch (process.argv[2]) {
    case 'up':
      await up({ home, say });
      return 0;
    case 'down':
      await down({ home, say });
      return 0;
    case 'env':
      for (const [name, value] of Object.entries(environmentFor(home)))
        console.log(`export ${name}=${quote(value)}`);
      return 0;
    case 'status':
      for (const { label, pid, answers } of await stateOf(home))
        console.log(`${label}: ${answers ? `answers (pid ${pid})` : 'down'}`);
      return 0;
    default:
      throw new Failure('Usage: node tools/services-cli.mjs up | down | status | env');
  }
});

/** @param {string} value */
function quote(value) {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
