/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {'check' | 'jest' | 'playwright' | 'compose'} kind how it counts
 * @property {string[]} [command] for a check
 * @property {string[]} [args] more for the test runner
 * @property {boolean} [services] whether it needs the three servers
 * @property {string} [after] a stage whose success it needs
 * @property {string[]} [tools] programs it drives, see debian-tools.mjs
 * @property {'beside' | 'timed' | 'last'} lane see below
 */

/**
 * Every stage, cheapest news first within its lane. `timed` ones wait for real time most of the while (rings, holds, sound), so
 * that those that only want the processor run beside them, at low priority and with servers of their own; `last` ones have
 * the machine for themselves. @type {Stage[]}
 */
export const STAGES = [
  { name: 'types', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'deps', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'deps'] },
  { name: 'compose', lane: 'beside', kind: 'compose' },
  { name: 'unit', lane: 'beside', kind: 'jest' },
  // One at a time where suites share one Asterisk or measure time.
  { name: 'engine', lane: 'timed', kind: 'jest', args: ['--runInBand'], services: true, tools: ['sipp'] },
  {
    name: 'integration',
    lane: 'beside',
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
  { name: 'build', lane: 'beside', kind: 'check', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'pages',
    lane: 'beside',
    kind: 'playwright',
    args: ['--project=pages'],
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
  // Servers of its own, since it kills them.
  { name: 'faults', lane: 'timed', kind: 'jest', args: ['--runInBand'] },
  {
    name: 'scale',
    lane: 'timed',
    kind: 'jest',
    args: ['--runInBand'],
    services: true,
    tools: ['sipp', 'kamailio', 'kamailio-websocket'],
  },
  {
    name: 'browser',
    lane: 'last',
    kind: 'playwright',
    args: ['--project=calls'],
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
];
