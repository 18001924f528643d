import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createConnection, createServer } from 'node:net';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { readJson, writeWhole } from './home.mjs';
import { runningOf } from './processes.mjs';

// Below the range from which the kernel takes the ports of outgoing connections, so that a remembered port stays free.
const LOWEST = 20_000;
const HIGHEST = 31_999;

/** @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function isTcpFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(true)));
  });
}

/** @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function isUdpFree(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const probe = createSocket('udp4');
    probe.once('error', () => {
      probe.close();
      done(false);
    });
    probe.bind({ port, address: host, exclusive: true }, () => probe.close(() => done(true)));
  });
}

/** @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function isListening(port, host = '127.0.0.1') {
  return new Promise((done) => {
    const socket = createConnection({ port, host });
    socket.setTimeout(1000, () => settle(false));
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
    /** @param {boolean} answer */
    function settle(answer) {
      socket.destroy();
      done(answer);
    }
  });
}

/** @param {import('./home.mjs').Home} home @returns {Record<string, number>} */
export function portsOf(home) {
  return readJson(join(home.root, 'ports.json'));
}

/**
 * The port a server of this home listens on: the remembered one while it is free, else another, remembered.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 */
export async function claimPort(home, name) {
  const ports = portsOf(home);
  if (ports[name] && (await isTcpFree(ports[name]))) return ports[name];
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (Object.values(ports).includes(port) || !(await isTcpFree(port))) continue;
    writeWhole(join(home.root, 'ports.json'), `${JSON.stringify({ ...ports, [name]: port }, null, 2)}\n`);
    return port;
  }
}

/**
 * As claimPort, over UDP: the remembered port also holds while the server that has it is this home's own.
 * @param {import('./home.mjs').Home} home
 * @param {string} name
 * @param {string} server
 */
export async function claimUdpPort(home, name, server) {
  const ports = portsOf(home);
  if (ports[name] && (runningOf(home, server) || (await isUdpFree(ports[name])))) return ports[name];
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (Object.values(ports).includes(port) || !(await isUdpFree(port))) continue;
    writeWhole(join(home.root, 'ports.json'), `${JSON.stringify({ ...ports, [name]: port }, null, 2)}\n`);
    return port;
  }
}

/**
 * A port given by a setting.
 * @param {string} setting
 * @param {number} usual
 * @param {NodeJS.ProcessEnv} [env]
 */
export function portFrom(setting, usual, env = process.env) {
  const text = env[setting] || String(usual);
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Failure(`${setting} is "${text}", which is no port.`, 'Set it to a number from 1 to 65535.');
}
