import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { run, which } from './shell.mjs';

// Asterisk 22 came to Debian with forky; sid is where it would still be if testing had dropped it for a while.
const SUITES = ['forky', 'sid'];
// Another suite comes from the same mirror: trying it would only take as long again.
const NETWORK_TROUBLE =
  /Could not connect|Temporary failure|Could not resolve|timed out|Network is unreachable/i;
const NEEDED_BYTES = 500_000_000;
// Parts of the closure that maintainer scripts or modules we never load would want. Leaving one in costs time only.
const NOT_NEEDED = [
  /^(lib)?perl/,
  /^libsnmp/,
  /^gnupg/,
  /^gpg/,
  /^dirmngr/,
  /^pinentry/,
  /^libgpgme/,
  /^libassuan/,
  /^libksba/,
  /^libnpth/,
  /^adduser$/,
  /^passwd$/,
  /^base-passwd$/,
  /^login\.defs$/,
  /^debconf/,
  /^libdebconf/,
  /^libpam/,
  /^libsemanage/,
  /^libaudit/,
  /^libcodec2/,
  /^libnss3/,
  /^libnspr/,
  /^libjack/,
  /^libasound/,
  /^libportaudio/,
  /^libtiff/,
  /^libspandsp/,
  /^libwebp/,
  /^libjpeg/,
  /^liblerc/,
  /^libjbig/,
  /^pci\.ids/,
  /^libpci/,
  /^libical/,
  /^libicu/,
  /^libpq5/,
  /^libsybdb/,
  /^freetds/,
  /^libodbc/,
  /^libneon/,
  /^libiksemel/,
  /^liblua/,
  /^libradcli/,
  /^libunbound/,
  /^tzdata/,
  /^libsensors/,
  /^libc-gconv/,
  /^openssl-provider-legacy/,
  /^libgmime/,
  /^libdb5/,
  /^libgdbm/,
  /^asterisk-config/,
]; // prettier-ignore

/**
 * Unpacks Debian packages and all they need into a folder, without touching the system's own packages.
 * The folder appears whole or not at all.
 * @param {{ packages: string[], into: string, say: (line: string) => void }} wish
 */
export async function unpackDebian({ packages, into, say }) {
  for (const tool of ['apt-get', 'dpkg-deb', 'tar']) {
    if (!which(tool)) throw noDebianTools(packages);
  }
  mkdirSync(join(into, '..'), { recursive: true });
  requireSpace(join(into, '..'));
  const draft = `${into}.${process.pid}.part`;
  try {
    const debs = await download(packages, join(draft, 'apt'), say);
    say(`unpacking ${debs.length} packages`);
    await unpackAll(debs, join(draft, 'root'));
    renameSync(join(draft, 'root'), into);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** @param {string[]} packages */
function noDebianTools(packages) {
  return new Failure(
    `${packages.join(', ')} not found, and this machine has no Debian package tools to fetch them with.`,
    'Install Asterisk 22 and Redis 7 or later, or point ASTERISK_* and REDIS_URL at servers that run elsewhere.',
  );
}

/** @param {string} folder */
function requireSpace(folder) {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  const free = Math.floor((bavail * bsize) / 1e6);
  throw new Failure(
    `Only ${free} MB are free where ${folder} lies; unpacking the servers needs ${NEEDED_BYTES / 1e6} MB.`,
    'Free some space, or set XDG_CACHE_HOME to a larger disk.',
  );
}

/**
 * Downloads the closure of the packages with an apt state of our own.
 * @param {string[]} packages
 * @param {string} state
 * @param {(line: string) => void} say
 */
async function download(packages, state, say) {
  let refusal = '';
  for (const suite of SUITES) {
    const apt = privateApt(state, suite);
    say(`reading Debian's package list (${suite})`);
    const update = await apt(['update', '-o', 'APT::Update::Error-Mode=any']);
    if (!update.ok) {
      refusal = update.err;
      if (NETWORK_TROUBLE.test(refusal)) break;
      continue;
    }
    const closure = await apt(['-qq', '--no-install-recommends', '--print-uris', 'install', ...packages]);
    if (!closure.ok) {
      refusal = closure.err;
      continue;
    }
    const wanted = [...closure.out.matchAll(/^'[^']*' ([^_\s]+)_\S+ (\d+)/gm)].filter(([, name]) =>
      isNeeded(name),
    );
    const megabytes = Math.round(wanted.reduce((sum, [, , bytes]) => sum + Number(bytes), 0) / 1e6);
    say(`downloading ${wanted.length} packages (${megabytes} MB)`);
    const folder = join(state, 'debs');
    mkdirSync(folder, { recursive: true });
    const fetched = await apt(['-qq', 'download', ...wanted.map(([, name]) => name)], folder);
    if (fetched.ok) return readdirSync(folder).map((file) => join(folder, file));
    refusal = fetched.err;
  }
  throw new Failure(
    `Debian's packages could not be fetched: ${withoutHosts(refusal)}`,
    'Check the network and the apt sources of this machine, or install asterisk (22) and redis-server yourself.',
  );
}

/** @param {string} name */
function isNeeded(name) {
  return !NOT_NEEDED.some((pattern) => pattern.test(name));
}

/** @param {string} state @param {string} suite */
function privateApt(state, suite) {
  rmSync(state, { recursive: true, force: true });
  for (const folder of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(state, folder), { recursive: true });
  writeFileSync(join(state, 'status'), '');
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  const signed = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  writeFileSync(join(state, 'sources.list'), `deb ${signed}${debianMirror()} ${suite} main\n`);
  const settings = [
    `Dir::State::status=${join(state, 'status')}`,
    `Dir::State::lists=${join(state, 'lists')}`,
    `Dir::Cache=${join(state, 'cache')}`,
    `Dir::Etc::sourcelist=${join(state, 'sources.list')}`,
    'Dir::Etc::sourceparts=/dev/null',
    'Dir::Etc::preferences=/dev/null',
    'Dir::Etc::preferencesparts=/dev/null',
    'Debug::NoLocking=1',
    'Acquire::Languages=none',
    'Acquire::Retries=1',
    'Acquire::http::Timeout=20',
    'Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false',
    // Without this, root's downloads go through the user _apt, who cannot write into a private folder.
    ...(process.getuid?.() === 0 ? ['APT::Sandbox::User=root'] : []),
  ];
  const options = settings.flatMap((setting) => ['-o', setting]);
  /** @param {string[]} args @param {string} [cwd] */
  return (args, cwd) => run('apt-get', [...options, ...args], { cwd, env: { ...process.env, LC_ALL: 'C' } });
}

/** The Debian mirror this machine itself uses: the product names none. */
function debianMirror() {
  if (process.env.SANLING_DEBIAN_MIRROR) return process.env.SANLING_DEBIAN_MIRROR;
  const parts = '/etc/apt/sources.list.d';
  const files = [
    '/etc/apt/sources.list',
    ...(existsSync(parts) ? readdirSync(parts).map((file) => join(parts, file)) : []),
  ];
  const uris = files.filter((file) => /\.(list|sources)$/.test(file) && existsSync(file)).flatMap(urisOf);
  const mirror =
    uris.find((uri) => /\/debian\/?$/.test(uri)) ?? uris.find((uri) => /debian(?!-security)/.test(uri));
  if (mirror) return mirror;
  throw new Failure(
    'The apt sources of this machine name no Debian mirror.',
    'Set SANLING_DEBIAN_MIRROR to one, or install Asterisk 22 and Redis yourself.',
  );
}

/** @param {string} file */
function urisOf(file) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'));
  const found = file.endsWith('.sources')
    ? lines.filter((line) => /^URIs:/i.test(line)).flatMap((line) => line.slice(5).trim().split(/\s+/))
    : lines.flatMap((line) => /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1] ?? []);
  return found;
}

/** @param {string[]} debs @param {string} root */
async function unpackAll(debs, root) {
  mkdirSync(root, { recursive: true });
  const queue = [...debs];
  const worker = async () => {
    for (let deb = queue.pop(); deb; deb = queue.pop()) await unpackOne(deb, root);
  };
  await Promise.all(Array.from({ length: Math.max(2, cpus().length) }, worker));
}

/** @param {string} deb @param {string} root */
async function unpackOne(deb, root) {
  const script =
    'dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --no-same-owner --keep-directory-symlink ' +
    '--exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale --exclude=./etc/asterisk';
  const { ok, err } = await run('sh', ['-c', `set -e; ${script}`, 'unpack', deb, root]);
  if (ok) return;
  if (/No space left/i.test(err)) throw new Failure('The disk is full.', 'Free some space and start again.');
  throw new Failure(
    `A package could not be unpacked (${deb.split('/').at(-1)}): ${err.trim().split('\n').at(-1)}`,
  );
}

/** @param {string} text */
function withoutHosts(text) {
  const line =
    text
      .trim()
      .split('\n')
      .find((part) => part.startsWith('E:')) ??
    text.trim().split('\n')[0] ??
    'no reason given';
  return line.replace(/\w+:\/\/\S+\s*/g, '');
}
