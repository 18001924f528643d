import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../services/failure.mjs';
import { CHECKOUT } from '../../services/home.mjs';
import { run } from '../../services/shell.mjs';

/** What the product's files build on, those first that others stand on. */
const BASES = [
  'debian:bookworm-slim',
  'debian:forky-slim',
  'node:22-bookworm-slim',
  'postgres:18-bookworm',
  'redis:8-bookworm',
];
const PRODUCT = {
  sanling: 'Dockerfile',
  'sanling-asterisk': 'asterisk.Dockerfile',
  'sanling-kamailio': 'kamailio.Dockerfile',
};
const STAND_INS = join(import.meta.dirname, 'stand-ins');
const PULL_MS = 300_000;

/**
 * Brings every image that the stack names: the bases from their registry, or, where none is reached, stand-ins made of
 * Debian's and npm's packages; then the product's own, from these files.
 * @param {import('./engine.mjs').Engine} engine
 * @param {string} tree the product's files
 * @param {(line: string) => void} say
 */
export async function bringImages(engine, tree, say) {
  let registry = true;
  for (const name of BASES) {
    if ((await engine.ask('image', 'inspect', name)).ok) continue;
    if (registry) {
      say(`pulling ${name}`);
      registry = (await run('docker', ['pull', name], { env: engine.env, timeout: PULL_MS })).ok;
      if (registry) continue;
    }
    say(`no registry of images is reached: ${name} is made of packages`);
    await standIn(engine, name);
  }
  for (const [name, file] of Object.entries(PRODUCT)) {
    say(`building ${name}`);
    await engine.must('build', '-q', '-f', join(tree, 'deploy', file), '-t', name, tree);
  }
}

/** @param {import('./engine.mjs').Engine} engine @param {string} image */
async function standIn(engine, image) {
  const [name = '', tag = ''] = image.split(':');
  const folder = mkdtempSync(join(tmpdir(), 'sanling-image-'));
  try {
    if (name === 'debian') await debian(engine, image, tag.replace('-slim', ''), folder);
    else {
      cpSync(STAND_INS, folder, { recursive: true });
      if (name === 'node') await bringNode(folder);
      await engine.must('build', '-q', '-f', join(folder, `${name}.Dockerfile`), '-t', image, folder);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A minimal Debian from this machine's own source of packages, whose certificates it is given too.
 * @param {import('./engine.mjs').Engine} engine
 * @param {string} image
 * @param {string} suite
 * @param {string} folder
 */
async function debian(engine, image, suite, folder) {
  const root = join(folder, 'root');
  const targets = await run('apt-get', ['indextargets', '--format', '$(SITE)']);
  const [mirror] = targets.out.split('\n');
  if (!mirror)
    throw new Failure('apt-get knows no source of packages to make a Debian of.', 'Set one up in /etc/apt.');
  // A suite that this debootstrap does not know yet is made as unstable is.
  const args = ['--variant=minbase', '--include=ca-certificates', suite, root, mirror];
  const scripts = '/usr/share/debootstrap/scripts';
  const known = await run('test', ['-e', `${scripts}/${suite}`]);
  await mustRun('debootstrap', known.ok ? args : [...args, `${scripts}/sid`]);
  rmSync(join(root, 'var/cache/apt/archives'), { recursive: true, force: true });
  mkdirSync(join(root, 'var/cache/apt/archives/partial'), { recursive: true });
  // A mirror that stands still for a while is no reason to have no packages.
  writeFileSync(join(root, 'etc/apt/apt.conf.d/90stand-in'), 'Acquire::Check-Valid-Until "false";\n');
  cpSync('/etc/ssl/certs/ca-certificates.crt', join(root, 'etc/ssl/certs/ca-certificates.crt'));
  const packed = join(folder, 'root.tar');
  await mustRun('tar', ['-C', root, '-cf', packed, '.']);
  await engine.must('import', packed, image);
}

/** Node and npm as npm has them. @param {string} folder */
async function bringNode(folder) {
  const arch = process.arch === 'arm64' ? 'arm64' : 'x64';
  for (const [name, wish] of [
    ['node', `node-linux-${arch}@22`],
    ['npm', 'npm@10'],
  ]) {
    const packed = await mustRun('npm', ['pack', '--silent', String(wish)], folder);
    const unpacked = join(folder, `${name}-package`);
    mkdirSync(unpacked);
    await mustRun('tar', ['-xzf', join(folder, packed.trim()), '-C', unpacked, '--strip-components=1']);
    cpSync(name === 'node' ? join(unpacked, 'bin/node') : unpacked, join(folder, String(name)), {
      recursive: true,
    });
  }
  const registry = (await run('npm', ['config', 'get', 'registry'])).out.trim();
  writeFileSync(join(folder, 'npmrc'), `registry=${registry}\ncafile=/etc/ssl/certs/ca-certificates.crt\n`);
}

/** @param {string} command @param {string[]} args @param {string} [cwd] */
async function mustRun(command, args, cwd) {
  const { ok, out, err } = await run(command, args, { cwd });
  if (!ok) throw new Failure(`${command}: ${(err || out).trim().slice(-1_000)}`);
  return out;
}

/** The product's files as they would be cloned, in a folder of their own: settings made there are nobody's. @param {string} folder */
export async function copyTree(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const files = `git ls-files -z --cached --others --exclude-standard | tar --null --files-from - -c --ignore-failed-read`;
  await mustRun('sh', ['-c', `${files} | tar -x -p -C "$0"`, folder], CHECKOUT);
}
