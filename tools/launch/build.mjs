import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT } from '../services/home.mjs';
import { run } from '../services/shell.mjs';

const STAMP = join(CHECKOUT, 'dist/.built-from');
const BUILT = ['dist/main.js', 'dist/worker.js', 'client/dist/index.html'];
const SOURCES = [
  'src',
  'client',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const NOT_SOURCES = new Set(['dist', 'node_modules']);

/** Whether what was built came from the sources as they are now. */
export function buildIsCurrent() {
  const isWhole = BUILT.every((file) => existsSync(join(CHECKOUT, file)));
  return isWhole && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sourcesDigest();
}

/**
 * Builds server and client when the sources have changed.
 * @param {{ log: string, say: (line: string) => void }} options
 */
export async function build({ log, say }) {
  if (buildIsCurrent()) return;
  say('building the server and the client');
  const digest = sourcesDigest();
  rmSync(STAMP, { force: true });
  const parts = await Promise.all(['build:server', 'build:client'].map(runScript));
  writeFileSync(log, parts.map(({ out, err }) => `${out}\n${err}`).join('\n'));
  const failed = parts.find(({ ok }) => !ok);
  if (failed)
    throw new Failure(`The build failed: ${firstError(`${failed.out}\n${failed.err}`)}.`, `See ${log}.`);
  writeFileSync(STAMP, digest);
}

/** @param {string} script */
function runScript(script) {
  return run('npm', ['run', '--silent', script], { cwd: CHECKOUT, env: { ...process.env, NO_COLOR: '1' } });
}

/** Names, sizes and times tell a change as surely as the content would, in a hundredth of the time. */
function sourcesDigest() {
  const digest = createHash('sha256');
  for (const source of SOURCES) note(join(CHECKOUT, source), digest);
  return digest.digest('hex');
}

/** @param {string} path @param {import('node:crypto').Hash} digest */
function note(path, digest) {
  if (!existsSync(path)) return;
  const status = statSync(path);
  if (!status.isDirectory()) {
    digest.update(`${path} ${status.size} ${status.mtimeMs}\n`);
    return;
  }
  const names = readdirSync(path).filter((name) => !NOT_SOURCES.has(name));
  for (const name of names.sort()) note(join(path, name), digest);
}

/** @param {string} text */
function firstError(text) {
  const lines = stripVTControlCharacters(text)
    .split('\n')
    .map((line) => line.trim());
  // Compilers end with a count of their errors, which says less than the first of them.
  const reason = lines.find((line) => /error/i.test(line) && !/^Found \d+/.test(line));
  return reason?.slice(0, 300).replace(/\.$/, '') ?? 'no reason given';
}
