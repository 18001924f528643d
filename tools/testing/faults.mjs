import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { homeFrom } from '../services/home.mjs';
import { report } from './outcomes.mjs';
import { STAGES } from './stages.mjs';
import { outcomesOf } from './test.mjs';

/**
 * Every fault that a call survives, with the tests that show it, by the beginnings of their titles. A test that is not
 * there any more fails its row.
 * @type {{ fault: string, tests: string[] }[]}
 */
const TABLE = [
  {
    fault: 'the page is reloaded or crashes while talking',
    tests: [
      'the page is reloaded while talking',
      'the page crashes while talking',
      'a tab closed while talking: the customer stays',
    ],
  },
  {
    fault: 'signalling is lost, the network changes',
    tests: [
      'only the signalling is lost',
      'the network is gone for some seconds',
      'the network is gone for long',
      'are asked for with an ICE restart',
    ],
  },
  {
    fault: 'a second tab or machine signs in',
    tests: [
      'a second tab of the same agent says',
      'another tab takes over during a call',
      'while it rings: it rings there',
      'a tab closed while ringing',
    ],
  },
  { fault: 'a background tab is frozen', tests: ['a tab that is frozen in the background'] },
  { fault: 'the microphone is unplugged', tests: ['the microphone is unplugged'] },
  {
    fault: 'the API process is killed during 50 calls',
    tests: ['no call ends, every timeline tells of the gap'],
  },
  {
    fault: 'callers come while nobody is connected to Asterisk',
    tests: ['hear music, are let in in the order'],
  },
  { fault: 'PostgreSQL is away', tests: ['PostgreSQL: talks go on'] },
  { fault: 'Redis is away', tests: ['Redis: talks and their keys go on'] },
  { fault: 'Asterisk restarts', tests: ['its calls are lost and say so'] },
  {
    fault: 'events are late, repeated, out of order',
    tests: [
      'tells nothing that did not happen when events are repeated',
      'never throws, brings no leg twice',
    ],
  },
  {
    fault: 'requests cross each other',
    tests: [
      'CANCEL and 200',
      'BYE and re-INVITE',
      'BYE and BYE',
      're-INVITEs that overlap',
      'are asked for again after a glare',
    ],
  },
];

/** The stages that hold them, each with those files only. */
const files = {
  unit: ['--testPathPatterns', 'asterisk-news.fuzz|leg-renewal'],
  faults: [],
  e2e: ['--testPathPatterns', 'e2e/(taking-over|crossing)'],
  build: [],
  browser: ['away', 'lost-tab', 'network'],
};

/** `npm run test:faults`: the table, row by row. @returns {Promise<number>} the exit code */
export async function testFaults() {
  const stages = Object.entries(files).flatMap(([name, args]) => {
    const stage = STAGES.find((one) => one.name === name);
    return stage
      ? [
          {
            ...stage,
            args: [...(stage.args ?? []), ...args],
            lane: name === 'build' ? /** @type {const} */ ('build') : /** @type {const} */ ('timed'),
          },
        ]
      : [];
  });
  const code = report(await outcomesOf(stages));
  const told = stages.flatMap(({ name }) => resultsOf(join(homeFrom().root, 'results', `${name}.json`)));
  let broken = 0;
  console.log('');
  for (const { fault, tests } of TABLE) {
    const results = tests.map((title) => ({
      title,
      found: told.filter((one) => one.title.startsWith(title)),
    }));
    const bad = results.filter(({ found }) => found.length === 0 || found.some(({ passed }) => !passed));
    if (bad.length > 0) broken += 1;
    console.log(`${bad.length === 0 ? 'passed' : 'FAILED'}  ${fault}`);
    for (const { title, found } of bad)
      console.log(`        ${found.length === 0 ? 'no such test' : 'failed'}: ${title}`);
  }
  return code || (broken > 0 ? 1 : 0);
}

/**
 * What is read of the reports that the test runners write: jest's has `testResults`, Playwright's `suites`.
 * @typedef {{ specs?: { title: string, ok: boolean }[], suites?: Suite[] }} Suite
 * @typedef {{ testResults?: { assertionResults: { title: string, status: string }[] }[], suites?: Suite[] }} Report
 */

/** Titles and outcomes, of jest's report or Playwright's. @param {string} path @returns {{ title: string, passed: boolean }[]} */
function resultsOf(path) {
  if (!existsSync(path)) return [];
  /** @type {Report} */
  const { testResults = [], suites = [] } = JSON.parse(readFileSync(path, 'utf8'));
  const ofJest = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ title, status }) => ({ title, passed: status === 'passed' }));
  return [...ofJest, ...suites.flatMap(specsOf)];
}

/** @param {Suite} suite @returns {{ title: string, passed: boolean }[]} */
function specsOf({ specs = [], suites = [] }) {
  return [...specs.map(({ title, ok }) => ({ title, passed: ok })), ...suites.flatMap(specsOf)];
}
