import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CHECKOUT, secretsOf } from './home.mjs';
import { portsOf } from './ports.mjs';

const requireHere = createRequire(join(CHECKOUT, 'package.json'));
const DATABASE = 'sanling';
/** Makes databases and roles; the product never signs in as this one. */
export const ADMINISTRATOR = 'sanling';
/** Named in database-owner.sql too. */
const APPLICATION = 'sanling_app';
const statements = (/** @type {string} */ name) =>
  readFileSync(join(import.meta.dirname, `${name}.sql`), 'utf8');

/** @typedef {import('./home.mjs').Home} Home */

/** What the product signs in with. @param {Home} home */
export function databaseUrl(home) {
  return urlFor(home, APPLICATION, secretsOf(home).applicationPassword, DATABASE);
}

/** @param {Home} home @param {string} [database] */
export function administratorUrl(home, database = DATABASE) {
  return urlFor(home, ADMINISTRATOR, secretsOf(home).databasePassword, database);
}

/** Who may make databases on the server of this address: of one that is not this home's, whoever the address names. @param {Home} home @param {string} url */
export function administratorBehind(home, url) {
  return url === databaseUrl(home) ? administratorUrl(home) : url;
}

/** @param {Home} home @param {string} user @param {string} password @param {string} database */
function urlFor(home, user, password, database) {
  return `postgres://${user}:${password}@127.0.0.1:${portsOf(home).postgres}/${database}`;
}

/** @param {Home} home @param {string} database */
export async function connectAsAdministrator(home, database) {
  const { default: pg } = await import(requireHere.resolve('pg'));
  const client = new pg.Client({
    connectionString: administratorUrl(home, database),
    connectionTimeoutMillis: 3000,
  });
  client.on('error', () => client.end());
  await client.connect();
  return client;
}

/**
 * Makes the product's database and its role, or brings those of an earlier version to what they are now; each step whole
 * or not at all, and again at the next start.
 * @param {Home} home
 */
export async function prepareDatabase(home) {
  await asAdministrator(home, 'postgres', async (client) => {
    await client.query(statements('database-ctype'));
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(DATABASE)}`);
  });
  await asAdministrator(home, DATABASE, async (client) => {
    await client.query(statements('database-owner'));
    const password = client.escapeLiteral(secretsOf(home).applicationPassword);
    await client.query(`alter role ${APPLICATION} password ${password}`);
  });
}

/** @param {Home} home @param {string} database @param {(client: import('pg').Client) => Promise<void>} work */
async function asAdministrator(home, database, work) {
  const client = await connectAsAdministrator(home, database);
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
