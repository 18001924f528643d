import type { PolicyDocument } from '../../contracts/policy.js';
import { timeZoneName } from '../../contracts/time.js';
import { placeholders } from './script.js';

/** A contradiction: where it is, and what. The client has a text for each `code`. */
export interface PolicyFault {
  readonly path: string;
  readonly code:
    | 'clause-missing'
    | 'repeated'
    | 'weights-not-100'
    | 'placeholder-unknown'
    | 'limit-over-ceiling'
    | 'day-parts-order'
    | 'time-zone-unknown';
}

/** What the schema cannot see. `before` is the version in force: its clauses may change, never vanish. */
export function policyFaults(document: PolicyDocument, before: PolicyDocument): PolicyFault[] {
  return [
    ...clauseFaults(document, before),
    ...repeated('hold.reasons', document.hold.reasons),
    ...repeated('transfer.reasons', document.transfer.reasons),
    ...repeated('outbound.purposes', document.outbound.purposes),
    ...repeated('hangUp.reasons', document.hangUp.reasons),
    ...repeated('wrapUp.outcomes', document.wrapUp.outcomes),
    ...lineFaults(document),
    ...(Math.max(...document.hold.limitChoicesMs) > document.hold.ceilingMs
      ? [{ path: 'hold.limitChoicesMs', code: 'limit-over-ceiling' as const }]
      : []),
    ...timeFaults(document),
  ];
}

function clauseFaults({ clauses }: PolicyDocument, before: PolicyDocument): PolicyFault[] {
  const ids = new Set(clauses.map(({ id }) => id));
  const missing = before.clauses.filter(({ id }) => !ids.has(id));
  const total = clauses.reduce((sum, { weight }) => sum + weight, 0);
  return [
    ...missing.map(({ id }) => ({ path: `clauses.${id}`, code: 'clause-missing' as const })),
    ...repeated(
      'clauses',
      clauses.map(({ id }) => ({ code: id })),
    ),
    ...(Math.abs(total - 100) > 1e-6 ? [{ path: 'clauses', code: 'weights-not-100' as const }] : []),
  ];
}

function repeated(path: string, choices: readonly { code: string }[]): PolicyFault[] {
  const codes = choices.map(({ code }) => code);
  const twice = new Set(codes.filter((code, index) => codes.indexOf(code) !== index));
  return [...twice].map((code) => ({ path: `${path}.${code}`, code: 'repeated' as const }));
}

function lineFaults(document: PolicyDocument): PolicyFault[] {
  const lines = {
    'greeting.template': [document.greeting.template],
    'hold.askLine': [document.hold.askLine],
    'hold.thanksLine': [document.hold.thanksLine],
    'transfer.askLine': [document.transfer.askLine],
    'transfer.thanksLine': [document.transfer.thanksLine],
    'outbound.lines': document.outbound.lines.map(({ text }) => text),
    closingLines: document.closingLines,
    scriptLines: document.scriptLines.map(({ text }) => text),
  };
  const known: readonly string[] = placeholders;
  return Object.entries(lines).flatMap(([path, texts]) => {
    const names = texts.flatMap(({ zh, en }) =>
      [...`${zh} ${en}`.matchAll(/\{(\w*)\}/g)].map((hit) => hit[1]),
    );
    return names.some((name) => name === undefined || !known.includes(name))
      ? [{ path, code: 'placeholder-unknown' as const }]
      : [];
  });
}

function timeFaults({ greeting, timeZone }: PolicyDocument): PolicyFault[] {
  const starts = greeting.dayParts.map(({ from }) => from);
  const rising = starts.every((from, index) => index === 0 || (starts[index - 1] ?? '') < from);
  return [
    ...(rising ? [] : [{ path: 'greeting.dayParts', code: 'day-parts-order' as const }]),
    ...(timeZoneName.safeParse(timeZone).success
      ? []
      : [{ path: 'timeZone', code: 'time-zone-unknown' as const }]),
  ];
}
