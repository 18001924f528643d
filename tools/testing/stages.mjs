/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {'check' | 'jest' | 'playwright' | 'compose'} kind how it counts
 * @property {string[]} [command] for a check
 * @property {string[]} [args] more for the test runner
 * @property {boolean} [services] whether it needs the three servers
 * @property {string} [after] a stage whose success it needs
 * @property {string[]} [tools] programs it drives, see debian-tools.mjs
 */

/** Every stage, cheapest news first. @type {Stage[]} */
export const STAGES = [
  { name: 'types', kind: 'check', command: ['npm', 'run', '--silent', 'types'] },
  { name: 'lint', kind: 'check', command: ['npm', 'run', '--silent', 'lint'] },
  { name: 'deps', kind: 'check', command: ['npm', 'run', '--silent', 'deps'] },
  { name: 'compose', kind: 'compose' },
  { name: 'unit', kind: 'jest' },
  // One at a time where suites share one Asterisk or measure time.
  { name: 'engine', kind: 'jest', args: ['--runInBand'], services: true, tools: ['sipp'] },
  {
    name: 'integration',
    kind: 'jest',
    args: ['--maxWorkers=2'],
    services: true,
    tools: ['ffmpeg', 'chromium'],
  },
  {
    name: 'e2e',
    kind: 'jest',
    args: ['--runInBand'],
    services: true,
    tools: ['sipp'],
  },
  // Servers of its own, since it kills them.
  { name: 'faults', kind: 'jest', args: ['--runInBand'] },
  { name: 'build', kind: 'check', command: ['npm', 'run', '--silent', 'build'] },
  {
    name: 'browser',
    kind: 'playwright',
    services: true,
    after: 'build',
    tools: ['chromium', 'fonts-noto-cjk', 'sipp'],
  },
];
