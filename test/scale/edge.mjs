import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, homeFrom, prepareHome, writeWhole } from '../../tools/services/home.mjs';
import { claimPort, claimUdpPort, isListening } from '../../tools/services/ports.mjs';
import { startDetached, stopRemembered, untilAnswers } from '../../tools/services/processes.mjs';
import { render } from '../../tools/services/template.mjs';

const LIBRARIES = '/usr/lib';

/**
 * Starts Debian's Kamailio with the product's own configuration.
 * @param {readonly number[]} trunks the nodes' SIP ports
 * @param {import('../../tools/services/home.mjs').Home} [home]
 * @returns {Promise<Record<string, string>>} the product's settings for it
 */
export async function startEdge(trunks, home = homeFrom()) {
  prepareHome(home);
  await stopRemembered(home, 'kamailio');
  const sip = await claimUdpPort(home, 'edgeSip', 'kamailio');
  const webSocket = await claimPort(home, 'edgeWebSocket');
  const rpc = await claimPort(home, 'edgeRpc');
  const folder = join(home.root, 'kamailio');
  mkdirSync(folder, { recursive: true });
  const nodesFile = join(folder, 'nodes.list');
  writeWhole(nodesFile, trunks.map((port) => `1 sip:127.0.0.1:${port}\n`).join(''));
  const values = {
    sipAddress: '127.0.0.1',
    sipPort: String(sip),
    webSocketAddress: '127.0.0.1',
    webSocketPort: String(webSocket),
    rpcAddress: '127.0.0.1',
    rpcPort: String(rpc),
    modulesFolder: `${modulesFolder()}/`,
    nodesFile,
  };
  const config = join(folder, 'kamailio.cfg');
  const template = join(CHECKOUT, 'deploy/kamailio/kamailio.cfg');
  writeWhole(config, render(readFileSync(template, 'utf8'), values, 'kamailio.cfg'));
  const args = ['-f', config, '-DD', '-E', '-m', '64', '-M', '8', '-Y', folder];
  await startDetached(home, 'kamailio', { command: 'kamailio', args });
  await untilAnswers(home, 'kamailio', () => isListening(rpc));
  return {
    SIP_EDGE: `127.0.0.1:${sip}`,
    SIP_EDGE_WS_URL: `ws://127.0.0.1:${webSocket}`,
    SIP_EDGE_RPC_URL: `http://127.0.0.1:${rpc}/RPC`,
  };
}

/** @param {import('../../tools/services/home.mjs').Home} [home] */
export async function stopEdge(home = homeFrom()) {
  await stopRemembered(home, 'kamailio');
}

function modulesFolder() {
  const found = readdirSync(LIBRARIES)
    .map((name) => join(LIBRARIES, name, 'kamailio/modules'))
    .find((path) => readdirOr(path).includes('websocket.so'));
  if (!found) throw new Error('Kamailio has no WebSocket module');
  return found;
}

/** @param {string} path */
function readdirOr(path) {
  try {
    return readdirSync(path);
  } catch (error) {
    // Most folders there are no architecture's, or no folders at all.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return [];
    throw error;
  }
}
