/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {'check' | 'jest' | 'playwright' | 'compose' | 'build'} kind how it counts
 * @property {string[]} [command] for a check
 * @property {string[]} [args] more for the test runner
 * @property {string} [config] for Playwright, where it is not the browser tests'
 * @property {{ folders: string[], groups: number }} [suites] suites that are run in groups, see suite-groups.mjs
 * @property {boolean} [services] whether it needs the three servers
 * @property {number} [minutes] after which it hangs; 15 where it says nothing
 * @property {string} [after] a stage whose success it needs
 * @property {string[]} [tools] programs it drives, see debian-tools.mjs
 * @property {'build' | 'beside' | 'timed' | 'browsers'} lane see below
 */

/**
 * Every stage, cheapest news first within its lane. `build` comes before all; then the lanes run at once, each with servers
 * of its own. `timed` stages wait for real time most of the while (rings, holds, sound); those `beside` them, which only want
 * the processor, take what is left. Two timed lanes at once were tried: a run took eleven minutes and one in two failed,
 * since two cores could not keep both in time.
 * @type {Stage[]}
 */
export const STAGES = [
  { name: 'build', lane: 'build', kind: 'build' },
  { name: 'types', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'deps', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'deps'] },
  { name: 'compose', lane: 'beside', kind: 'compose' },
  {
    name: 'unit',
    lane: 'beside',
    kind: 'jest',
    suites: { folders: ['src', 'client/src', 'tools', 'test/support'], groups: 2 },
  },
  // One at a time where suites share one Asterisk or measure time.
  { name: 'engine', lane: 'timed', kind: 'jest', args: ['--runInBand'], services: true, tools: ['sipp'] },
  {
    name: 'integration',
    lane: 'beside',
    kind: 'jest',
    args: ['--maxWorkers=2'],
    suites: { folders: ['test/integration'], groups: 4 },
    services: true,
    tools: ['ffmpeg', 'chromium', 'openssl', 'baresip'],
  },
  {
    name: 'e2e',
    lane: 'timed',
    kind: 'jest',
    args: ['--runInBand'],
    suites: { folders: ['test/e2e'], groups: 1 },
    services: true,
    tools: ['sipp', 'baresip', 'linphonec'],
  },
  // Servers of its own, since it kills them.
  { name: 'faults', lane: 'timed', kind: 'jest', args: ['--runInBand'], after: 'build' },
  {
    name: 'scale',
    lane: 'timed',
    kind: 'jest',
    after: 'build',
    args: ['--runInBand'],
    services: true,
    tools: ['sipp', 'kamailio', 'kamailio-websocket'],
  },
  {
    name: 'browser',
    lane: 'browsers',
    kind: 'playwright',
    args: ['--project=calls'],
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
  {
    name: 'pages',
    lane: 'beside',
    kind: 'playwright',
    args: ['--project=pages'],
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
];
