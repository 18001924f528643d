import { existsSync } from 'node:fs';
import { Failure } from '../services/failure.mjs';
import { run, which } from '../services/shell.mjs';

/** The programs tests drive: the Debian package of each, and a file to look for where it is no program. */
const TOOLS = {
  sipp: { package: 'sip-tester' },
  baresip: { package: 'baresip' },
  linphonec: { package: 'linphone-cli' },
  openssl: { package: 'openssl' },
  ffmpeg: { package: 'ffmpeg' },
  chromium: { package: 'chromium' },
  dockerd: { package: 'docker.io' },
  iptables: { package: 'iptables' },
  ip: { package: 'iproute2' },
  nsenter: { package: 'util-linux' },
  debootstrap: { package: 'debootstrap' },
  kamailio: { package: 'kamailio' },
  'kamailio-websocket': {
    package: 'kamailio-websocket-modules',
    file: `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/kamailio/modules/websocket.so`,
  },
  'fonts-noto-cjk': {
    package: 'fonts-noto-cjk',
    file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  },
};

/** @param {string[]} names @returns {string[]} the packages that are not there */
export function missingPackages(names) {
  const missing = names.filter((name) => {
    const tool = TOOLS[/** @type {keyof typeof TOOLS} */ (name)];
    return 'file' in tool ? !existsSync(tool.file) : !which(name);
  });
  return [...new Set(missing.map((name) => TOOLS[/** @type {keyof typeof TOOLS} */ (name)].package))];
}

/**
 * Installs the programs the chosen stages drive, as root; as anybody else says what to install.
 * @param {string[]} names
 * @param {(line: string) => void} say
 */
export async function installTools(names, say) {
  const packages = missingPackages(names);
  if (packages.length === 0) return;
  const byHand = `apt-get install --no-install-recommends ${packages.join(' ')}`;
  if (!which('apt-get'))
    throw new Failure(
      `The tests need ${packages.join(', ')}.`,
      "Install them with your system's package manager.",
    );
  if (process.getuid?.() !== 0)
    throw new Failure(`The tests need ${packages.join(', ')}.`, `Run: sudo ${byHand}`);
  say(`installing ${packages.join(', ')} from Debian packages`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
  if ((await run('apt-get', install, { env })).ok) return;
  // The lists of a fresh image are empty or old.
  await run('apt-get', ['-qq', 'update'], { env });
  const { ok, err } = await run('apt-get', install, { env });
  if (ok) return;
  const reason = err.split('\n').find((line) => line.startsWith('E:')) ?? 'no reason given';
  throw new Failure(
    `apt-get could not install ${packages.join(', ')}: ${reason.replace(/\w+:\/\/\S+\s*/g, '')}`,
    `Run: ${byHand}`,
  );
}
