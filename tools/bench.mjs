import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, runTool } from './services/failure.mjs';
import { CHECKOUT, homeFrom, prepareHome } from './services/home.mjs';
import { administratorBehind } from './services/postgres-database.mjs';
import { down, up } from './services/services.mjs';
import { enter, leave } from './services/users.mjs';
import { chooseTestTrunk } from './testing/test-trunk.mjs';

/** `npm run bench -- NAME`: runs bench/NAME.ts with the servers up; its last line is one JSON object. */
await runTool(async () => {
  const folder = join(CHECKOUT, 'bench');
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
  const name = process.argv[2] ?? '';
  if (!known.includes(name) || !existsSync(join(folder, `${name}.ts`)))
    throw new Failure(`There is no benchmark "${name}".`, `The benchmarks are ${known.join(', ')}.`);
  process.env.SANLING_HOME ||= '.runtime/test';
  const home = homeFrom();
  prepareHome(home);
  await chooseTestTrunk(home);
  // What a benchmark brings is no flood.
  process.env.SIP_TRUNK_CALLS_PER_SECOND ||= '1000';
  process.env.SIP_TRUNK_CALLS_AT_ONCE ||= '5000';
  enter(home);
  try {
    const { env } = await up({ home, say: (line) => console.error(line) });
    const loader = join(CHECKOUT, 'test/support/typescript/register.mjs');
    const child = spawn(process.execPath, ['--import', loader, join(folder, `${name}.ts`)], {
      cwd: CHECKOUT,
      env: {
        ...process.env,
        ...env,
        DATABASE_ADMIN_URL: administratorBehind(home, env.DATABASE_URL),
      },
      stdio: 'inherit',
    });
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } finally {
    if (leave(home) === 0) await down({ home });
  }
});
