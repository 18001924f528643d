import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../../services/failure.mjs';
import { run } from '../../services/shell.mjs';

/**
 * Two sides of one cable (RFC 2544's and RFC 3849's addresses, which nobody else has): the machine that the containers run
 * on, a network namespace of its own, and the world outside it, which is this machine. So Docker's bridges, published
 * ports and rules of the firewall are that namespace's and go with it, and a stranger is really outside.
 */
export const HOUSE = {
  name: 'sanling-house',
  address: '198.18.77.2',
  address6: '2001:db8:77::2',
};
export const OUTSIDE = {
  carrier: '198.18.77.1',
  stranger: '198.18.77.66',
  stranger6: '2001:db8:77::66',
};
const CABLE = 'sanling-cable';
const NETWORK = '198.18.77.0/24';
const FORWARDING = '/proc/sys/net/ipv4/ip_forward';
const TRANSLATION = ['POSTROUTING', '-s', NETWORK, '!', '-d', NETWORK, '-j', 'MASQUERADE'];

/** @param {string} command @param {string[]} args */
async function must(command, ...args) {
  const { ok, out, err } = await run(command, args);
  if (!ok) throw new Failure(`${command} ${args.join(' ')}: ${err.trim()}`);
  return out;
}

/** The largest packet that leaves this machine whole, bytes: inside a tunnel it is less than Ethernet's. */
export async function packetBytes() {
  const route = await must('ip', '-o', 'route', 'get', '203.0.113.1');
  const device = /dev (\S+)/.exec(route)?.[1] ?? '';
  const path = `/sys/class/net/${device}/mtu`;
  return existsSync(path) ? Number(readFileSync(path, 'utf8')) : 1500;
}

/**
 * Makes the house's machine and the cable to it; images are built there, so it reaches the internet through this machine.
 * @returns {Promise<() => Promise<void>>} takes all of it away again
 */
export async function openNetwork() {
  await takeDown();
  const forwarding = readFileSync(FORWARDING, 'utf8');
  const inside = (/** @type {string[]} */ ...args) => must('ip', '-n', HOUSE.name, ...args);
  const mtu = String(await packetBytes());
  await must('ip', 'netns', 'add', HOUSE.name);
  await must(
    'ip',
    'link',
    'add',
    CABLE,
    'mtu',
    mtu,
    'type',
    'veth',
    'peer',
    'name',
    'eth0',
    'netns',
    HOUSE.name,
  );
  for (const address of [`${OUTSIDE.carrier}/24`, `${OUTSIDE.stranger}/24`])
    await must('ip', 'addr', 'add', address, 'dev', CABLE);
  await must('ip', 'addr', 'add', `${OUTSIDE.stranger6}/64`, 'dev', CABLE, 'nodad');
  await must('ip', 'link', 'set', CABLE, 'up');
  await inside('addr', 'add', `${HOUSE.address}/24`, 'dev', 'eth0');
  await inside('addr', 'add', `${HOUSE.address6}/64`, 'dev', 'eth0', 'nodad');
  await inside('link', 'set', 'eth0', 'mtu', mtu, 'up');
  await inside('link', 'set', 'lo', 'up');
  await inside('route', 'add', 'default', 'via', OUTSIDE.carrier);
  writeFileSync(FORWARDING, '1');
  await must('iptables', '-w', '-t', 'nat', '-A', ...TRANSLATION);
  return async () => {
    await takeDown();
    writeFileSync(FORWARDING, forwarding);
  };
}

/** What an earlier run left too. */
async function takeDown() {
  const { out } = await run('ip', ['netns', 'list']);
  if (out.split('\n').some((line) => line.split(' ')[0] === HOUSE.name))
    await must('ip', 'netns', 'del', HOUSE.name);
  if (existsSync(`/sys/class/net/${CABLE}`)) await must('ip', 'link', 'del', CABLE);
  while ((await run('iptables', ['-w', '-t', 'nat', '-C', ...TRANSLATION])).ok)
    await must('iptables', '-w', '-t', 'nat', '-D', ...TRANSLATION);
}
