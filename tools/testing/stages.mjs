/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {'check' | 'jest' | 'playwright' | 'compose'} kind how it counts
 * @property {string[]} [command] for a check
 * @property {string[]} [args] more for the test runner
 * @property {boolean} [services] whether it needs the three servers
 * @property {string} [after] a stage whose success it needs
 * @property {string[]} [tools] programs it drives, see debian-tools.mjs
 * @property {'plain' | 'timed' | 'screen' | 'last'} lane see below
 */

/**
 * The lanes that run in processes, homes and with servers of their own, beside the `timed` one; by how much each stands back
 * from what waits for rings and sound.
 */
export const SIDE_LANES = /** @type {const} */ ({ plain: 10, screen: 0 });

/**
 * Every stage, cheapest news first within its lane. `timed` and `screen` ones wait for real time most of the while (rings,
 * holds, sound, what a person reads), so that `plain` ones, which only want the processor, run beside them at low priority;
 * `last` ones have the machine for themselves. @type {Stage[]}
 */
export const STAGES = [
  { name: 'types', lane: 'plain', kind: 'check', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', lane: 'plain', kind: 'check', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'deps', lane: 'plain', kind: 'check', command: ['npm', 'run', '--silent', 'deps'] },
  { name: 'compose', lane: 'plain', kind: 'compose' },
  { name: 'unit', lane: 'plain', kind: 'jest' },
  // One at a time where suites share one Asterisk or measure time.
  { name: 'engine', lane: 'timed', kind: 'jest', args: ['--runInBand'], services: true, tools: ['sipp'] },
  {
    name: 'integration',
    lane: 'plain',
    kind: 'jest',
    args: ['--maxWorkers=2'],
    services: true,
    tools: ['ffmpeg', 'chromium', 'openssl', 'baresip'],
  },
  {
    name: 'e2e',
    lane: 'timed',
    kind: 'jest',
    args: ['--runInBand'],
    services: true,
    tools: ['sipp', 'baresip', 'linphonec'],
  },
  // Servers of its own, since it kills them.
  { name: 'faults', lane: 'timed', kind: 'jest', args: ['--runInBand'] },
  { name: 'build', lane: 'screen', kind: 'check', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'browser',
    lane: 'screen',
    kind: 'playwright',
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
  {
    name: 'scale',
    lane: 'last',
    kind: 'jest',
    args: ['--runInBand'],
    services: true,
    tools: ['sipp', 'kamailio', 'kamailio-websocket'],
  },
];
