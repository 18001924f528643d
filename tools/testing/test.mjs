import { join } from 'node:path';
import { installPackages } from '../launch/packages.mjs';
import { Failure } from '../services/failure.mjs';
import { homeFrom, prepareHome } from '../services/home.mjs';
import { down, up } from '../services/services.mjs';
import { enter, leave } from '../services/users.mjs';
import { beginBeside } from './beside.mjs';
import { installTools } from './debian-tools.mjs';
import { readOutcomes, report, writeOutcomes } from './outcomes.mjs';
import { processorSeconds, runStage } from './run-stage.mjs';
import { STAGES } from './stages.mjs';
import { chooseTestTrunk } from './test-trunk.mjs';

/** Those that run at once; the first with anything to do runs in this process. @type {import('./stages.mjs').Stage['lane'][]} */
const LANES = ['timed', 'browsers', 'beside'];

/**
 * Runs every stage, or the named ones, and says how many tests passed.
 * @param {string[]} names
 */
export async function test(names) {
  return report(await outcomesOf(chosen(names)));
}

/**
 * Runs these stages with the servers they need.
 * @param {import('./stages.mjs').Stage[]} stages
 */
export async function outcomesOf(stages) {
  process.env.SANLING_HOME ||= '.runtime/test';
  const home = homeFrom();
  prepareHome(home);
  const say = (/** @type {string} */ line) => console.log(line);
  await installPackages({ log: join(home.log, 'npm.log'), say });
  await installTools(
    stages.flatMap(({ tools = [] }) => tools),
    say,
  );
  enter(home);
  try {
    const outcomes = await runLanes(stages, home, say);
    writeOutcomes(home, outcomes);
    return outcomes;
  } finally {
    if (leave(home) === 0) await down({ home });
  }
}

/**
 * The build first, then the lanes at once.
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {import('../services/home.mjs').Home} home
 * @param {(line: string) => void} say
 */
async function runLanes(stages, home, say) {
  const inLane = (/** @type {import('./stages.mjs').Stage['lane']} */ lane) =>
    stages.filter((stage) => stage.lane === lane);
  const built = await runStages(inLane('build'), home, say);
  const [own = [], ...others] = LANES.map(inLane).filter((lane) => lane.length > 0);
  const begun = others.map(([first, ...more]) => {
    const needed = [first, ...more].filter((stage) => !broken(stage, built));
    return needed.length === 0 ? undefined : beginBeside(first.lane, needed, home, say);
  });
  const skipped = others
    .flat()
    .filter((stage) => broken(stage, built))
    .map(notRun);
  const ended = begun.map(async (lane) => {
    if (!lane) return [];
    say(`\n${await lane.ended}`);
    return readOutcomes(lane.home);
  });
  const all = await Promise.all([runStages(own, home, say, built), ...ended]);
  return [...built, ...skipped, ...all.flat()];
}

/** @param {string[]} names */
function chosen(names) {
  const unknown = names.find((name) => !STAGES.some((stage) => stage.name === name));
  if (unknown)
    throw new Failure(
      `There is no stage "${unknown}".`,
      `The stages are ${STAGES.map(({ name }) => name).join(', ')}.`,
    );
  return names.length === 0 ? STAGES : STAGES.filter(({ name }) => names.includes(name));
}

/**
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {import('../services/home.mjs').Home} home
 * @param {(line: string) => void} say
 * @param {import('./outcomes.mjs').Outcome[]} [before] of stages that others may need
 */
async function runStages(stages, home, say, before = []) {
  /** @type {import('./outcomes.mjs').Outcome[]} */
  const outcomes = [];
  /** @type {NodeJS.ProcessEnv} */
  let env = { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : undefined };
  let serversUp = false;
  for (const stage of stages) {
    say(`\n=== ${stage.name}`);
    const startedAt = Date.now();
    const spentBefore = processorSeconds();
    if (broken(stage, before)) {
      outcomes.push(notRun(stage));
      continue;
    }
    if (stage.services && !serversUp) {
      await chooseTestTrunk(home);
      env = { ...env, ...(await up({ home, say })).env };
      serversUp = true;
    }
    const count = await runStage(stage, { env, results: join(home.root, 'results') });
    const seconds = (Date.now() - startedAt) / 1000;
    const processor = processorSeconds() - spentBefore;
    outcomes.push({ ...count, name: stage.name, seconds, processor });
  }
  return outcomes;
}

/** Whether a stage that this one needs has failed. @param {import('./stages.mjs').Stage} stage @param {import('./outcomes.mjs').Outcome[]} before */
function broken(stage, before) {
  return before.some(({ name, failed }) => name === stage.after && failed > 0);
}

/** @param {import('./stages.mjs').Stage} stage @returns {import('./outcomes.mjs').Outcome} */
function notRun({ name, after }) {
  return { name, passed: 0, failed: 1, seconds: 0, processor: 0, note: `not run: ${after} failed` };
}
