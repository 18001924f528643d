import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CHECKOUT } from '../services/home.mjs';
import { callsFollowPorts, refusesGateway, rendersCompletely, saysWhereItIs } from './asterisk-container.mjs';
import { inTemporaryFolder } from './temporary-folder.mjs';

const requireHere = createRequire(join(CHECKOUT, 'package.json'));
const SERVICES = ['postgres', 'redis', 'asterisk', 'api', 'worker', 'asterisk-b', 'kamailio', 'api-b'];

/**
 * What can be known of the containers without an engine to run them.
 * @returns {Promise<import('./run-stage.mjs').Count>}
 */
export async function checkCompose() {
  const { parse } = await import(requireHere.resolve('yaml'));
  const text = readFileSync(join(CHECKOUT, 'docker-compose.yml'), 'utf8');
  const compose = parse(text, { merge: true });
  const checks = [
    ['every part is there', () => missing(SERVICES, Object.keys(compose.services))],
    [
      'every long-running part is watched',
      () => SERVICES.filter((name) => !compose.services[name].healthcheck),
    ],
    ['dependencies and volumes exist', () => danglingNames(compose)],
    ['the server is given settings it reads', () => unknownSettings(compose.services.api.environment)],
    [
      'API and worker have the same settings',
      () => different(compose.services.api.environment, compose.services.worker.environment),
    ],
    ['Dockerfiles, what they copy and what is mounted exist', () => missingFiles(compose)],
    ['every variable has a value in the made .env', () => unsetVariables(text)],
    ['the Asterisk templates render completely', rendersCompletely],
    ['calls come at one address, which carriers are told in their own words', saysWhereItIs],
    ['no more calls are taken than the ports bear', callsFollowPorts],
    ['strangers are not taken for the carrier', refusesGateway],
    ['what is published is published at an address that is said', () => publishedAtLarge(compose)],
    ['the edge has its configuration', renderEdge],
    ['the settings of several machines are ones that are read', () => unknownSettings(scaleSettings())],
  ];
  const results = checks.map(([name, check]) => outcome(String(name), /** @type {() => string[]} */ (check)));
  return { passed: results.filter(Boolean).length, failed: results.filter((ok) => !ok).length, note: '' };
}

/** @param {string} name @param {() => string[]} check */
function outcome(name, check) {
  const faults = check();
  console.log(
    `${faults.length === 0 ? '✓' : '✕'} ${name}${faults.length > 0 ? `: ${faults.join(', ')}` : ''}`,
  );
  return faults.length === 0;
}

/** @param {string[]} wanted @param {string[]} there */
const missing = (wanted, there) => wanted.filter((name) => !there.includes(name));

/** @param {any} compose */
function danglingNames({ services, volumes, networks }) {
  return Object.entries(services).flatMap(([name, service]) => {
    // Folders of the machine are no volumes of ours.
    const mounted = (service.volumes ?? [])
      .filter((/** @type {string} */ volume) => !/^[$.]/.test(volume))
      .map((/** @type {string} */ volume) => volume.split(':')[0]);
    const joined = Array.isArray(service.networks) ? service.networks : Object.keys(service.networks);
    const dangling = [
      ...missing(Object.keys(service.depends_on ?? {}), Object.keys(services)),
      ...missing(mounted, Object.keys(volumes)),
      ...missing(joined, Object.keys(networks)),
    ];
    return dangling.map((one) => `${name}: ${one}`);
  });
}

/** @param {Record<string, string>} given */
function unknownSettings(given) {
  const schema = readFileSync(join(CHECKOUT, 'src/platform/config/config.ts'), 'utf8');
  const known = [...schema.matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(([, name]) => name);
  return known.length === 0 ? ['no settings found in config.ts'] : missing(Object.keys(given), known);
}

/** @param {Record<string, string>} one @param {Record<string, string>} other */
function different(one, other) {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => one[name] !== other[name],
  );
}

/** @param {any} compose */
function missingFiles(compose) {
  const dockerfiles = Object.values(compose.services).flatMap(({ build }) =>
    build ? [build.dockerfile] : [],
  );
  const copied = dockerfiles.filter((file) => existsSync(join(CHECKOUT, file))).flatMap(copiedBy);
  const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) =>
    volumes
      .filter((/** @type {string} */ volume) => volume.startsWith('.'))
      .map((/** @type {string} */ volume) => volume.split(':')[0]),
  );
  return [...dockerfiles, ...copied, ...mounted].filter((path) => !existsSync(join(CHECKOUT, path)));
}

/** @param {string} dockerfile */
function copiedBy(dockerfile) {
  const lines = readFileSync(join(CHECKOUT, dockerfile), 'utf8').split('\n');
  return lines
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(/\s+/).slice(1, -1));
}

/** Without an address Docker publishes on all of them, IPv6 too. @param {any} compose */
function publishedAtLarge({ services }) {
  return Object.entries(services).flatMap(([name, { ports = [] }]) =>
    ports
      .filter((/** @type {string} */ port) => !/^\$\{(SIP_)?BIND_ADDRESS:-127\.0\.0\.1\}:/.test(port))
      .map((/** @type {string} */ port) => `${name}: ${port}`),
  );
}

/** @param {string} text */
function unsetVariables(text) {
  return inTemporaryFolder((folder) => {
    const path = join(folder, '.env');
    const made = spawnSync(process.execPath, [join(CHECKOUT, 'deploy/make-env.mjs'), path], {
      encoding: 'utf8',
    });
    if (made.status !== 0) return [made.stderr.trim()];
    const names = readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0]);
    const used = [...text.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    return missing([...new Set(used)], names);
  });
}

/** Runs the edge's own entry point as far as it goes without Kamailio. */
function renderEdge() {
  return inTemporaryFolder((folder) => {
    const env = {
      PATH: process.env.PATH,
      RENDER_ONLY: '1',
      TEMPLATE: join(CHECKOUT, 'deploy/kamailio/kamailio.cfg'),
      DATA: folder,
      MODULES: folder,
      SIP_ADDRESS: '192.0.2.1',
      NODES: '192.0.2.2:5060 192.0.2.3:5060',
    };
    const entry = spawnSync('sh', [join(CHECKOUT, 'deploy/kamailio/entrypoint.sh')], {
      env,
      encoding: 'utf8',
    });
    if (entry.status !== 0) return [entry.stderr.trim() || `ended with ${entry.status}`];
    const left = readFileSync(join(folder, 'kamailio.cfg'), 'utf8').match(/\{\{\w+\}\}/g) ?? [];
    const nodes = readFileSync(join(folder, 'nodes.list'), 'utf8').trim().split('\n').length;
    return [...left, ...(nodes === 2 ? [] : [`${nodes} nodes of 2`])];
  });
}

function scaleSettings() {
  const lines = readFileSync(join(CHECKOUT, 'deploy/scale.env'), 'utf8').split('\n');
  return Object.fromEntries(lines.filter((line) => /^[A-Z]/.test(line)).map((line) => line.split(/=(.*)/)));
}
