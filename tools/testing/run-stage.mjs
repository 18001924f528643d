import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../launch/build.mjs';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT } from '../services/home.mjs';
import { checkCompose } from './compose.mjs';
import { groupSuites } from './suite-groups.mjs';

/** A stage that takes this long hangs. */
const LIMIT_MINUTES = 15;

/** @typedef {{ passed: number, failed: number, note: string }} Count */

/** What `/proc` counts times in, a second. */
const TICKS = 100;

/** Processor seconds of every process that this one started and saw end; 0 where there is no `/proc`. */
export function processorSeconds() {
  if (!existsSync('/proc/self/stat')) return 0;
  // The fields after the name, which may hold anything: state is the third, the children's times are 16 and 17.
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}

/**
 * Runs one stage, its output on the terminal, and counts its tests.
 * @param {import('./stages.mjs').Stage} stage
 * @param {{ env: NodeJS.ProcessEnv, results: string }} around
 * @returns {Promise<Count>}
 */
export async function runStage(stage, { env, results }) {
  mkdirSync(results, { recursive: true });
  const report = join(results, `${stage.name}.json`);
  rmSync(report, { force: true });
  switch (stage.kind) {
    case 'check': {
      const { code, note } = await execute(stage.command ?? [], env, stage.minutes);
      return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, note };
    }
    case 'build':
      return await buildProduct(join(results, 'build.log'));
    case 'compose':
      return await checkCompose();
    case 'jest': {
      const files = stage.suites ? groupSuites(stage.name, stage.suites.folders, stage.suites.groups) : [];
      const jest = [
        '--experimental-vm-modules',
        '--disable-warning=ExperimentalWarning',
        'node_modules/jest/bin/jest.js',
      ];
      const options = [
        '--selectProjects',
        stage.name,
        '--json',
        `--outputFile=${report}`,
        // A suite that failed half-way may leave a socket open; its failure is told already and must not hang the run.
        '--forceExit',
        ...(stage.args ?? []),
        ...(files.length > 0 ? ['--runTestsByPath', ...files] : []),
      ];
      const around = { ...env, SANLING_SUITE_GROUPS: files.length > 0 ? 'on' : '' };
      const end = await execute([process.execPath, ...jest, ...options], around, stage.minutes);
      return counted(end, report, (/** @type {JestReport} */ told) => countJest(told, files.length));
    }
    case 'playwright': {
      const options = [
        'test',
        '--config',
        stage.config ?? 'test/browser/playwright.config.ts',
        '--reporter=list,json',
        ...(stage.args ?? []),
      ];
      const more = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
      const command = [process.execPath, 'node_modules/@playwright/test/cli.js', ...options];
      return counted(await execute(command, more, stage.minutes), report, countPlaywright);
    }
  }
}

/** @param {string} log @returns {Promise<Count>} */
async function buildProduct(log) {
  try {
    await build({ log, say: (line) => console.log(line) });
    return { passed: 1, failed: 0, note: '' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { passed: 0, failed: 1, note: error.message };
  }
}

/**
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {number} [minutes]
 * @returns {Promise<{ code: number | null, note: string }>}
 */
function execute([command, ...args], env, minutes = LIMIT_MINUTES) {
  return new Promise((done, failed) => {
    // Jest's --json report goes to a file; its readable report is on stderr.
    const quiet = args.includes('--json');
    const child = spawn(command, args, {
      cwd: CHECKOUT,
      env,
      detached: true,
      stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
    });
    let note = '';
    const limit = setTimeout(() => {
      note = `ended after ${minutes} minutes`;
      endGroup(child.pid);
    }, minutes * 60_000);
    const onSignal = () => endGroup(child.pid);
    process.once('SIGINT', onSignal);
    process.once('SIGTERM', onSignal);
    child.once('error', failed);
    child.once('close', (code) => {
      clearTimeout(limit);
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
      done({ code, note });
    });
  });
}

/** @param {number | undefined} pid */
function endGroup(pid) {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/**
 * What is read of the reports that the test runners write.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number, numRuntimeErrorTestSuites: number, numTotalTestSuites: number }} JestReport
 * @typedef {{ stats: Record<'expected' | 'unexpected' | 'skipped' | 'flaky', number>, errors: unknown[] }} PlaywrightReport
 */

/**
 * @template Report
 * @param {{ code: number | null, note: string }} end
 * @param {string} report
 * @param {(report: Report) => Count} count
 * @returns {Count}
 */
function counted({ code, note }, report, count) {
  if (!existsSync(report)) return { passed: 0, failed: 1, note: note || 'ended without a report' };
  const result = count(JSON.parse(readFileSync(report, 'utf8')));
  if (result.passed + result.failed === 0) return { passed: 0, failed: 1, note: 'no tests were found' };
  // Something outside the tests themselves went wrong.
  if (code !== 0 && result.failed === 0)
    return { ...result, failed: 1, note: note || `ended with code ${code}` };
  return { ...result, note: note || result.note };
}

/**
 * A suite that could not run, one that was not found, and a test that was left out count as failed.
 * @param {JestReport} report
 * @param {number} files that had to run; 0: whatever was found
 * @returns {Count}
 */
function countJest(report, files) {
  const leftOut = report.numPendingTests + report.numTodoTests;
  const missing = files === 0 ? 0 : files - report.numTotalTestSuites;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + leftOut + missing;
  const notes = [leftOut > 0 ? `${leftOut} left out` : '', missing > 0 ? `${missing} suites not found` : ''];
  return { passed: report.numPassedTests, failed, note: notes.filter(Boolean).join(', ') };
}

/** @param {PlaywrightReport} report @returns {Count} */
function countPlaywright({ stats, errors }) {
  const failed = stats.unexpected + stats.skipped + (stats.unexpected === 0 ? errors.length : 0);
  const notes = [
    stats.skipped > 0 ? `${stats.skipped} left out` : '',
    stats.flaky > 0 ? `${stats.flaky} only on a second try` : '',
  ];
  return { passed: stats.expected + stats.flaky, failed, note: notes.filter(Boolean).join(', ') };
}
