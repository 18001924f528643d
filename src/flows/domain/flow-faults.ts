import type { FlowDocument, FlowFault, FlowStep, FlowStepOf, PromptRef } from '../../contracts/flow.js';
import { isWayOut, promptsOf, reachable, waysByItself, waysOn } from './flow-graph.js';

/** What there is to refer to. */
export interface KnownParts {
  isPrompt(ref: PromptRef): boolean;
  isQueue(queueId: string): boolean;
}

const fault = (code: FlowFault['code'], stepId: string | null, detail = ''): FlowFault => ({
  stepId,
  code,
  detail,
});

/** Everything that keeps the flow from being published, the whole first, then step by step. */
export function flowFaults(document: FlowDocument, known: KnownParts): FlowFault[] {
  const { steps, start } = document;
  if (steps.length === 0) return [fault('empty', null)];
  const ids = new Set(steps.map(({ id }) => id));
  const reached = reachable(document, start);
  return [
    ...(document.name ? [] : [fault('name-missing', null)]),
    ...(ids.has(start) ? [] : [fault('start-unknown', null, start)]),
    ...unknownPrompts(null, [...document.opening, ...(document.wrongKey ? [document.wrongKey] : [])], known),
    ...twice(steps.map(({ id }) => id)).map((id) => fault('step-repeated', id, id)),
    ...steps.flatMap((step) => [
      ...ownFaults(step, known),
      ...waysOn(step)
        .filter((id) => !ids.has(id))
        .map((id) => fault('step-unknown', step.id, id)),
      ...(ids.has(start) && !reached.has(step.id) ? [fault('unreachable', step.id)] : []),
      ...pathFaults(document, step),
    ]),
  ];
}

/** A caller who presses nothing must not go round, and every caller must come out. */
function pathFaults(document: FlowDocument, step: FlowStep): FlowFault[] {
  const round = waysByItself(step).some((next) => reachable(document, next, waysByItself).has(step.id));
  const ahead = reachable(document, step.id);
  const out = document.steps.some((each) => ahead.has(each.id) && isWayOut(each));
  return [...(round ? [fault('cycle', step.id)] : []), ...(out ? [] : [fault('no-way-out', step.id)])];
}

/** What is wrong with the step itself, wherever it stands. */
function ownFaults(step: FlowStep, known: KnownParts): FlowFault[] {
  const speaks = step.kind === 'announce' || step.kind === 'menu';
  return [
    ...(step.name ? [] : [fault('name-missing', step.id)]),
    ...(speaks && step.prompts.length === 0 ? [fault('prompt-missing', step.id)] : []),
    ...unknownPrompts(step.id, promptsOf(step), known),
    ...kindFaults(step, known),
  ];
}

function kindFaults(step: FlowStep, known: KnownParts): FlowFault[] {
  switch (step.kind) {
    case 'menu':
      return [
        ...(step.choices.length === 0 ? [fault('choice-missing', step.id)] : []),
        ...step.choices
          .filter(({ label }) => label === '')
          .map(({ digit }) => fault('name-missing', step.id, digit)),
        ...twice(step.choices.map(({ digit }) => digit)).map((digit) =>
          fault('digit-repeated', step.id, digit),
        ),
      ];
    case 'hours':
      return hoursFaults(step);
    case 'queue':
      return known.isQueue(step.queueId) ? [] : [fault('queue-unknown', step.id)];
    default:
      return [];
  }
}

function hoursFaults({ id, weekly, special }: FlowStepOf<'hours'>): FlowFault[] {
  const spans = [...weekly, ...special.flatMap((day) => day.spans)];
  return [
    ...spans
      .filter(({ from, to }) => from >= to)
      .map(({ from, to }) => fault('hours-order', id, `${from}–${to}`)),
    ...twice(special.map(({ date }) => date)).map((date) => fault('date-repeated', id, date)),
  ];
}

function unknownPrompts(stepId: string | null, refs: readonly PromptRef[], known: KnownParts): FlowFault[] {
  return refs
    .filter((ref) => !known.isPrompt(ref))
    .map((ref) => fault('prompt-unknown', stepId, ref.kind === 'uploaded' ? ref.promptId : ref.sound));
}

/** Each value that is there more than once. */
function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
