import { resolve } from 'node:path';
import { wholeNumber } from './counts.mjs';
import { Failure } from './failure.mjs';
import { portFrom } from './ports.mjs';

/** @param {NodeJS.ProcessEnv} [env] */
export function trunkPort(env = process.env) {
  return portFrom('SIP_TRUNK_PORT', 5060, env);
}

/** Neither may end a line of the configuration, or begin a comment in it. */
const PLAIN = /^[A-Za-z0-9._~+@=/-]+$/;

/**
 * What the configuration says about the trunk: who may call over it, how much, and by what account.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>}
 */
export function trunkValues(env = process.env) {
  return {
    trunkPort: String(trunkPort(env)),
    trunkPeers: env.SIP_TRUNK_PEERS || '127.0.0.0/8',
    trunkCallsPerSecond: wholeNumber('SIP_TRUNK_CALLS_PER_SECOND', 50, env),
    trunkCallsAtOnce: wholeNumber('SIP_TRUNK_CALLS_AT_ONCE', 500, env),
    trunkPeer: env.SIP_TRUNK_PEER ?? '',
    trunkUser: plain('SIP_TRUNK_USER', env),
    trunkSecret: plain('SIP_TRUNK_SECRET', env),
    trunkTlsPort: String(portFrom('SIP_TRUNK_TLS_PORT', 5061, env)),
    // Asterisk is started elsewhere.
    trunkTlsCert: resolve(env.SIP_TRUNK_TLS_CERT ?? ''),
    trunkTlsKey: resolve(env.SIP_TRUNK_TLS_KEY ?? ''),
  };
}

/**
 * The optional parts of the configuration (asterisk/optional) that the settings ask for.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string[]}
 */
export function trunkParts(env = process.env) {
  const account = Boolean(env.SIP_TRUNK_USER);
  if (account && !env.SIP_TRUNK_SECRET)
    throw new Failure('SIP_TRUNK_USER is set without SIP_TRUNK_SECRET.', 'Set both, or neither.');
  for (const name of ['SIP_TRUNK_CHALLENGE', 'SIP_TRUNK_REGISTER'])
    if (env[name] === 'yes' && !account)
      throw new Failure(`${name} needs an account.`, 'Set SIP_TRUNK_USER and SIP_TRUNK_SECRET.');
  if (env.SIP_TRUNK_REGISTER === 'yes' && !env.SIP_TRUNK_PEER)
    throw new Failure('SIP_TRUNK_REGISTER needs to know where.', 'Set SIP_TRUNK_PEER to host:port.');
  const parts = [
    ['pjsip-trunk-account.conf', account],
    ['pjsip-trunk-challenge.conf', env.SIP_TRUNK_CHALLENGE === 'yes'],
    ['pjsip-trunk-registration.conf', env.SIP_TRUNK_REGISTER === 'yes'],
    ['pjsip-trunk-tls.conf', Boolean(env.SIP_TRUNK_TLS_CERT && env.SIP_TRUNK_TLS_KEY)],
  ];
  return parts.flatMap(([file, wanted]) => (wanted ? [String(file)] : []));
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function plain(name, env) {
  const value = env[name] ?? '';
  if (value && !PLAIN.test(value))
    throw new Failure(`${name} has a character that cannot be used.`, 'Use letters, digits and ._~+@=/-');
  return value;
}
