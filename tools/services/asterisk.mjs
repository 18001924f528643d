import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { Failure } from './failure.mjs';
import { CHECKOUT, secretsOf, writeWhole } from './home.mjs';
import { claimPort, isUdpFree, portsOf } from './ports.mjs';
import { closeWhole } from './private-files.mjs';
import { runningOf, startDetached, untilAnswers } from './processes.mjs';
import { run, which } from './shell.mjs';
import { render } from './template.mjs';
import { inTree } from './tree.mjs';
import { trunkParts, trunkPort, trunkValues } from './trunk.mjs';

export const ASTERISK_PACKAGES = ['asterisk', 'asterisk-moh-opsound-wav'];
export const ARI_USER = 'sanling';
export const AMI_USER = 'sanling';
const OLDEST_MAJOR = 22;
const TEMPLATES = join(CHECKOUT, 'asterisk');

/**
 * @typedef {object} Installation where the parts of one Asterisk lie
 * @property {string} command
 * @property {string[]} args what comes before Asterisk's own arguments
 * @property {string} modules
 * @property {string} data documentation, sounds, rest-api
 */

/** An Asterisk on the PATH that is new enough. @returns {Promise<{ path: string, version: string } | undefined>} */
export async function installedAsterisk() {
  const path = which('asterisk');
  if (!path) return undefined;
  const version = /Asterisk\s+(?:certified-)?(\d+[\d.]*)/i.exec((await run(path, ['-V'])).out)?.[1];
  return version && Number.parseInt(version, 10) >= OLDEST_MAJOR ? { path, version } : undefined;
}

/**
 * @param {import('./home.mjs').Home} home
 * @param {{ tree?: string, trunk?: number, systemName?: string }} how the unpacked tree, when there is none on the PATH;
 *   the name that begins the ids of this Asterisk's channels: no two of a house may share it
 */
export async function startAsterisk(home, { tree, trunk = trunkPort(), systemName = 'sanling' }) {
  if (runningOf(home, 'asterisk') && portsOf(home).trunk === trunk && (await asteriskAnswers(home)))
    return 'reused';
  if (!(await isUdpFree(trunk))) {
    throw new Failure(
      `UDP port ${trunk} on 127.0.0.1 is in use by another program.`,
      'Set SIP_TRUNK_PORT to a free port.',
    );
  }
  const installation = tree ? installationIn(tree) : await installationOnPath();
  const config = await configure(home, installation, { trunk, systemName });
  // Asterisk opens four sockets a call: the usual 1024 descriptors end at about 200 calls.
  const script = 'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$@"';
  const args = ['-c', script, 'sh', installation.command, ...installation.args, '-f', '-C', config];
  await startDetached(home, 'asterisk', { command: 'sh', args, ports: portsOf(home) });
  await untilAnswers(home, 'asterisk', () => asteriskAnswers(home));
  return 'started';
}

/** @param {string} tree @returns {Installation} */
function installationIn(tree) {
  const { command, args, libraries } = inTree(tree, 'usr/sbin/asterisk', []);
  return {
    command,
    args,
    modules: join(libraries, 'asterisk/modules'),
    data: join(tree, 'usr/share/asterisk'),
  };
}

/** @returns {Promise<Installation>} */
async function installationOnPath() {
  const installed = await installedAsterisk();
  if (!installed)
    throw new Failure('No Asterisk 22 on the PATH.', 'Install it, or unset the setting that says so.');
  const prefix = dirname(dirname(installed.path));
  const libraries = [join(prefix, 'lib'), '/usr/lib', '/usr/lib64', '/usr/local/lib'];
  const nested = libraries.filter(existsSync).flatMap((folder) => [folder, ...subfolders(folder)]);
  const modules = nested
    .map((folder) => join(folder, 'asterisk/modules'))
    .find((path) => existsSync(join(path, 'res_ari.so')));
  const data = ['/usr/share/asterisk', '/var/lib/asterisk', join(prefix, 'share/asterisk')].find((path) =>
    existsSync(join(path, 'documentation')),
  );
  if (!modules || !data)
    throw new Failure(
      `The modules or documentation of ${installed.path} were not found.`,
      'Reinstall Asterisk with its modules.',
    );
  return { command: installed.path, args: [], modules, data };
}

/** @param {string} folder */
function subfolders(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
}

/**
 * Renders the configuration into the home.
 * @param {import('./home.mjs').Home} home
 * @param {Installation} installation
 * @param {{ trunk: number, systemName: string }} identity
 * @returns {Promise<string>} the path of asterisk.conf
 */
async function configure(home, installation, { trunk, systemName }) {
  const http = await claimPort(home, 'asteriskHttp');
  const ami = await claimPort(home, 'asteriskAmi');
  writeWhole(join(home.root, 'ports.json'), `${JSON.stringify({ ...portsOf(home), trunk }, null, 2)}\n`);
  const folders = asteriskFolders(home);
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });
  for (const folder of ['recording', 'monitor', 'outgoing', 'tmp'])
    mkdirSync(join(folders.spool, folder), { recursive: true });
  mkdirSync(join(folders.keys, 'keys'), { recursive: true });
  linkData(installation, folders.data);
  const secrets = secretsOf(home);
  const values = {
    ...Object.fromEntries(Object.entries(folders).map(([name, path]) => [`${name}Folder`, path])),
    modulesFolder: installation.modules,
    musicFolder: join(folders.data, 'moh'),
    httpAddress: '127.0.0.1',
    httpPort: String(http),
    amiAddress: '127.0.0.1',
    amiPort: String(ami),
    amiPermit: '127.0.0.1/255.255.255.255',
    trunkAddress: '127.0.0.1',
    // Nobody stands between this machine and the carrier's.
    trunkReachedAt: '',
    ...trunkValues(),
    trunkPort: String(trunk),
    systemName,
    rtpFirstPort: '10000',
    rtpLastPort: '19999',
    ariUser: ARI_USER,
    ariPassword: secrets.ariPassword,
    amiUser: AMI_USER,
    amiPassword: secrets.amiPassword,
  };
  const optional = readdirSync(join(TEMPLATES, 'optional'));
  for (const file of optional) rmSync(join(folders.etc, file), { force: true });
  const files = [
    ...readdirSync(TEMPLATES).filter((name) => name.endsWith('.conf')),
    ...trunkParts().map((name) => `optional/${name}`),
  ];
  for (const path of files) {
    const file = basename(path);
    const text = render(readFileSync(join(TEMPLATES, path), 'utf8'), values, file);
    writeWhole(
      join(folders.etc, file),
      file === 'modules.conf' ? onlyPresent(text, installation.modules) : text,
    );
  }
  return join(folders.etc, 'asterisk.conf');
}

/** @param {import('./home.mjs').Home} home */
export function asteriskFolders(home) {
  /** @param {string} name */
  const folder = (name) => join(home.asterisk, name);
  return {
    etc: folder('etc'),
    spool: folder('spool'),
    data: folder('data'),
    db: folder('db'),
    keys: folder('keys'),
    run: folder('run'),
    log: home.log,
  };
}

/**
 * The data folder is the home's own, so that prompts can be added to it; what Asterisk ships is linked in.
 * @param {Installation} installation
 * @param {string} data
 */
function linkData(installation, data) {
  const shipped = [
    ['documentation', 'documentation'],
    ['rest-api', 'rest-api'],
    ['moh', 'moh'],
    ['sounds/en', 'sounds/en'],
    ['sounds/en_US_f_Allison', 'sounds/en_US_f_Allison'],
  ];
  // Our own prompts, copied and not linked: uploaded ones will lie beside them.
  const prompts = join(data, 'sounds/sanling');
  cpSync(join(CHECKOUT, 'asterisk/sounds/sanling'), prompts, { recursive: true });
  closeWhole(prompts);
  for (const [from, to] of shipped) {
    rmSync(join(data, to), { force: true, recursive: true });
    if (existsSync(join(installation.data, from))) symlinkSync(join(installation.data, from), join(data, to));
  }
}

/**
 * Distributions build different sets of modules (two Opus codecs exist, for one): ask only for those that are there.
 * @param {string} text
 * @param {string} modules
 */
function onlyPresent(text, modules) {
  const isPresent = (/** @type {string} */ line) =>
    !line.startsWith('load') || existsSync(join(modules, line.split('=')[1].trim()));
  return text.split('\n').filter(isPresent).join('\n');
}

/** @param {import('./home.mjs').Home} home @returns {Promise<boolean>} */
export async function asteriskAnswers(home) {
  const { asteriskHttp, asteriskAmi } = portsOf(home);
  if (!asteriskHttp || !asteriskAmi) return false;
  return (await ariAnswers(home, asteriskHttp)) && (await amiGreets(asteriskAmi));
}

/** @param {import('./home.mjs').Home} home @param {number} port */
async function ariAnswers(home, port) {
  const authorization = `Basic ${Buffer.from(`${ARI_USER}:${secretsOf(home).ariPassword}`).toString('base64')}`;
  try {
    const reply = await fetch(`http://127.0.0.1:${port}/ari/asterisk/info?only=status`, {
      headers: { authorization },
      signal: AbortSignal.timeout(2000),
    });
    await reply.body?.cancel();
    return reply.ok;
  } catch {
    // Refused or timed out: it does not answer.
    return false;
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function amiGreets(port) {
  return new Promise((done) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    /** @param {boolean} answer */
    const settle = (answer) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(2000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('data', (chunk) => settle(String(chunk).startsWith('Asterisk Call Manager')));
  });
}
