import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../services/home.mjs';
import { inTemporaryFolder } from './temporary-folder.mjs';

/** As a house behind a carrier's account with TLS sets it. */
const settings = {
  ASTERISK_ARI_PASSWORD: 'first',
  ASTERISK_AMI_PASSWORD: 'second',
  PUBLIC_ADDRESS: '192.0.2.1',
  INSIDE_ADDRESS: '172.31.58.10',
  SIP_BIND_ADDRESS: '192.0.2.1',
  SIP_TRUNK_PEERS: '198.51.100.7/32',
  SIP_TRUNK_PEER: 'carrier.example:5060',
  SIP_TRUNK_USER: 'house',
  SIP_TRUNK_SECRET: 'third',
  SIP_TRUNK_REGISTER: 'yes',
  SIP_TRUNK_CHALLENGE: 'yes',
  SIP_TRUNK_TLS_CERT: '/certificates/trunk.pem',
  SIP_TRUNK_TLS_KEY: '/certificates/trunk.key',
};

/**
 * Runs the container's own entry point as far as it goes without Asterisk.
 * @param {Record<string, string>} [others] settings instead of those above
 * @returns {{ said: string, files: Record<string, string> }} what it complained of, and the configuration by file
 */
function render(others = {}) {
  return inTemporaryFolder((folder) => {
    const env = {
      PATH: process.env.PATH,
      RENDER_ONLY: '1',
      TEMPLATES: join(CHECKOUT, 'asterisk'),
      DATA: join(folder, 'data'),
      SHIPPED: folder,
      MODULES: join(folder, 'modules'),
      ...settings,
      ...others,
    };
    const entry = spawnSync('sh', [join(CHECKOUT, 'deploy/asterisk-entrypoint.sh')], {
      env,
      encoding: 'utf8',
    });
    const said = entry.stderr.trim();
    if (entry.status !== 0) return { said: said || `ended with ${entry.status}`, files: {} };
    const etc = join(folder, 'data/etc');
    const read = (/** @type {string} */ name) => [name, readFileSync(join(etc, name), 'utf8')];
    return { said, files: Object.fromEntries(readdirSync(etc).map(read)) };
  });
}

export function rendersCompletely() {
  const { said, files } = render();
  const unfilled = Object.entries(files).flatMap(([name, text]) =>
    [...text.matchAll(/\{\{\w+\}\}/g)].map(([left]) => `${name}: ${left}`),
  );
  const absent = readdirSync(join(CHECKOUT, 'asterisk/optional')).filter((name) => !(name in files));
  return [
    ...(said ? [said] : []),
    ...unfilled,
    ...absent.map((name) => `${name} was asked for and is not there`),
  ];
}

/** Each of the trunk's transports. */
export function saysWhereItIs() {
  const { files } = render();
  const transports = [
    ['pjsip.conf', 'bind = 172.31.58.10:5060'],
    ['pjsip-trunk-tls.conf', 'bind = 172.31.58.10:5061'],
  ];
  return transports.flatMap(([name = '', bind = '']) => {
    const lines = [bind, 'external_media_address = 192.0.2.1', 'external_signaling_address = 192.0.2.1'];
    return files[name]?.includes(`${lines.join('\n')}\n`) ? [] : [`${name} lacks ${lines.join(', ')}`];
  });
}

export function callsFollowPorts() {
  const few = { RTP_FIRST_PORT: '10000', RTP_LAST_PORT: '10099' };
  const limit = (/** @type {Record<string, string>} */ others) =>
    /TRUNK_CALLS_AT_ONCE\s*=>?\s*(\d+)/.exec(
      render({ ...few, ...others }).files['extensions.conf'] ?? '',
    )?.[1];
  const limits = [
    limit({}),
    limit({ SIP_TRUNK_CALLS_AT_ONCE: '10' }),
    limit({ SIP_TRUNK_CALLS_AT_ONCE: '500' }),
  ];
  return limits.join() === '25,10,25' ? [] : [`a hundred ports bear ${limits.join(', ')} calls`];
}

/** What Docker carries for others comes from the network's own gateway. */
export function refusesGateway() {
  const open = { SIP_BIND_ADDRESS: '0.0.0.0' };
  const careless = [
    '172.31.58.1/32',
    '172.31.58.0/24',
    '0.0.0.0/0',
    '198.51.100.7,::/0',
    '172.16.0.0/12',
    '172.31.0.0/255.255.0.0',
    '172.31.58.1',
  ];
  const taken = careless.filter(
    (peers) => !/strangers/.test(render({ ...open, SIP_TRUNK_PEERS: peers }).said),
  );
  const own = render({ SIP_BIND_ADDRESS: '127.0.0.1', SIP_TRUNK_PEERS: '172.31.58.1/32' }).said;
  const nobody = render({ ...open, SIP_TRUNK_PEERS: '' });
  const default_ = nobody.files['pjsip.conf']?.includes('match = 127.0.0.1/32')
    ? []
    : ['somebody is a peer by default'];
  return [...taken.map((peers) => `${peers} is taken`), ...(own ? [own] : []), ...default_];
}
