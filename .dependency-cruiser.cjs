/** The direction of imports (docs/architecture.md): contracts, kernel <- domain <- service <- edge. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((room) => `^src/${room}/`)] },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    only('contracts-stand-alone', 'contracts', [], 'contracts import zod only'),
    only('kernel-stands-alone', 'kernel', ['contracts'], 'kernel knows no feature'),
    only('platform-knows-no-feature', 'platform', ['contracts', 'kernel'], ''),
    only('telephony-knows-no-feature', 'telephony', ['contracts', 'kernel', 'platform'], ''),
    only('identity-is-low', 'identity', ['contracts', 'kernel', 'platform'], ''),
    only(
      'guests-are-only-phones',
      'guests',
      ['contracts', 'kernel', 'platform', 'identity', 'telephony'],
      '',
    ),
    only('standard-is-judged-from-facts', 'standard', ['contracts', 'kernel', 'platform', 'identity'], ''),
    only(
      'agents-are-below-routing',
      'agents',
      ['contracts', 'kernel', 'platform', 'identity', 'telephony'],
      '',
    ),
    only('dialling-knows-no-call', 'dialling', ['contracts', 'kernel', 'platform', 'identity'], ''),
    only('routing-is-below-calls', 'routing', ['contracts', 'kernel', 'platform', 'identity', 'agents'], ''),
    only(
      'calls-orchestrate',
      'calls',
      [
        'contracts',
        'kernel',
        'platform',
        'identity',
        'telephony',
        'agents',
        'routing',
        'standard',
        'recordings',
        'dialling',
      ],
      '',
    ),
    only(
      'recordings-follow-by-id',
      'recordings',
      ['contracts', 'kernel', 'platform', 'identity', 'telephony'],
      '',
    ),
    only(
      'sound-is-measured-beside-calls',
      'sound',
      ['contracts', 'kernel', 'platform', 'identity', 'telephony', 'calls'],
      '',
    ),
    {
      name: 'nobody-imports-the-top',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(supervision|reports|quality|sound|app\\.module|worker\\.module)',
      },
      to: { path: '^src/(supervision|reports|quality|sound)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/[^/]+/domain/' },
      to: { path: ['^src/platform/', 'node_modules/(@nestjs|typeorm|ioredis|bullmq|socket\\.io|pg)'] },
    },
    {
      name: 'client-imports-contracts-only',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^src/', pathNot: '^src/contracts/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist|\\.runtime)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
  },
};
