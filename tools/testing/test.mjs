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
 * Two lanes at once where stages of both were asked for, then what wants the machine for itself.
 * @param {import('./stages.mjs').Stage[]} stages
 * @param {import('../services/home.mjs').Home} home
 * @param {(line: string) => void} say
 */
async function runLanes(stages, home, say) {
  const inLane = (/** @type {string[]} */ ...lanes) => stages.filter(({ lane }) => lanes.includes(lane));
  const beside = inLane('beside');
  const timed = inLane('timed');
  if (beside.length === 0 || timed.length === 0) return await runStages(stages, home, say);
  const other = beginBeside(beside, home, say);
  const [own, printed] = await Promise.all([runStages(timed, home, say), other.ended]);
  say(`\n=== beside\n${printed}`);
  const before = [...readOutcomes(other.home), ...own];
  return [...before, ...(await runStages(inLane('last'), home, say, before))];
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
    const broken = [...before, ...outcomes].find(({ name, failed }) => name === stage.after && failed > 0);
    if (stage.services && !serversUp && !broken) {
      await chooseTestTrunk(home);
      env = { ...env, ...(await up({ home, say })).env };
      serversUp = true;
    }
    const count = broken
      ? { passed: 0, failed: 1, note: `not run: ${broken.name} failed` }
      : await runStage(stage, { env, results: join(home.root, 'results') });
    const seconds = (Date.now() - startedAt) / 1000;
    const processor = processorSeconds() - spentBefore;
    outcomes.push({ ...count, name: stage.name, seconds, processor });
  }
  return outcomes;
}
