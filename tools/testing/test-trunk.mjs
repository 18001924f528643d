import { claimUdpPort } from '../services/ports.mjs';

/**
 * The trunk that tests call over: a port of its own, since the demo's may be up on the usual one; and half of loopback
 * as its peers, so that the other half can play strangers.
 * @param {import('../services/home.mjs').Home} home
 */
export async function chooseTestTrunk(home) {
  process.env.SIP_TRUNK_PORT ||= String(await claimUdpPort(home, 'trunk', 'asterisk'));
  process.env.SIP_TRUNK_PEERS ||= '127.0.0.0/9';
}
