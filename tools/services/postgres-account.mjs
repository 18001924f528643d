import { existsSync, statSync } from 'node:fs';
import { dirname, parse } from 'node:path';
import { Failure } from './failure.mjs';
import { run, which } from './shell.mjs';

/**
 * PostgreSQL refuses to run as root, so root lends it another identity: an unprivileged account where that account can
 * reach the folders; else (a checkout under /root, say) a user namespace, in which root's own process is nobody.
 * @typedef {{ uid?: number, gid?: number, namespace?: boolean }} Account
 */

const IN_NAMESPACE = ['--user', '--map-user=65534', '--map-group=65534'];

/**
 * @param {string[]} folders what the account must be able to reach
 * @returns {Promise<Account>}
 */
export async function accountFor(folders) {
  if (process.getuid?.() !== 0) return {};
  const account = folders.every(isOpen) ? await unprivilegedAccount() : undefined;
  if (account) return account;
  const unshare = which('unshare');
  if (unshare && (await run(unshare, [...IN_NAMESPACE, 'true'])).ok)
    return { uid: 0, gid: 0, namespace: true };
  throw new Failure(
    'PostgreSQL does not run as root, and no other account can enter this folder.',
    'Use a checkout and SANLING_HOME that others may enter, start as another user, or set DATABASE_URL.',
  );
}

async function unprivilegedAccount() {
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    if (uid.ok && gid.ok) return { uid: Number(uid.out), gid: Number(gid.out) };
  }
  return undefined;
}

/** Whether everybody may enter every folder on the way. @param {string} path @returns {boolean} */
function isOpen(path) {
  return (statSync(path).mode & 0o001) !== 0 && (path === parse(path).root || isOpen(dirname(path)));
}

/**
 * How to run one of PostgreSQL's programs as that account.
 * @param {Account} account
 * @param {string} program
 * @param {string[]} args
 */
export function asAccount(account, program, args) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8', PGPASSWORD: undefined };
  if (!account.namespace) return { command: program, args, uid: account.uid, gid: account.gid, env };
  return { command: which('unshare') ?? 'unshare', args: [...IN_NAMESPACE, program, ...args], env };
}

/**
 * Hands files over when the account is another one than last time (the checkout was moved).
 * @param {string} path
 * @param {Account} account
 */
export async function handOver(path, account) {
  if (account.uid === undefined || !existsSync(path) || statSync(path).uid === account.uid) return;
  const { ok, err } = await run('chown', ['-R', `${account.uid}:${account.gid}`, path]);
  if (!ok)
    throw new Failure(`${path} could not be handed to PostgreSQL's account: ${err.trim().split('\n')[0]}`);
}
