import type { FlowDocument, FlowParts, FlowStep, PromptRef } from '@contracts/flow';

/** Pure changes of a flow that is being edited. */

const builtIn = (sound: Extract<PromptRef, { kind: 'built-in' }>['sound']): PromptRef => ({
  kind: 'built-in',
  sound,
});

/** What a number without a flow begins with: a welcome and the recording notice, then its own queue. */
export function firstDraft(name: string, queueName: string, queueId: string): FlowDocument {
  return {
    name,
    enabled: true,
    opening: [builtIn('sanling/welcome'), builtIn('sanling/recording-notice')],
    recording: 'with-opening',
    wrongKey: builtIn('sanling/invalid-choice'),
    maxRounds: 5,
    start: 'queue-1',
    steps: [{ kind: 'queue', id: 'queue-1', name: queueName, queueId }],
  };
}

/** `menu-2`: the first number of its kind that is free. */
function freeId({ steps }: FlowDocument, kind: FlowStep['kind']): string {
  let count = 1;
  while (steps.some(({ id }) => id === `${kind}-${count}`)) count += 1;
  return `${kind}-${count}`;
}

function newStep(kind: FlowStep['kind'], id: string, name: string, { queues }: FlowParts): FlowStep {
  switch (kind) {
    case 'announce':
      return { kind, id, name, prompts: [], skippable: true, next: '' };
    case 'menu':
      return { kind, id, name, prompts: [], choices: [], waitMs: 5_000, tries: 3, otherwise: null };
    case 'hours':
      return {
        kind,
        id,
        name,
        weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '22:00' }],
        special: [],
        open: '',
        closed: '',
      };
    case 'queue':
      return { kind, id, name, queueId: queues[0]?.id ?? '' };
    case 'end':
      return { kind, id, name, prompts: [builtIn('sanling/goodbye')] };
  }
}

/** Adds a step at the end; it is reached once another step leads to it. */
export function addStep(
  draft: FlowDocument,
  kind: FlowStep['kind'],
  name: string,
  parts: FlowParts,
): FlowDocument {
  return { ...draft, steps: [...draft.steps, newStep(kind, freeId(draft, kind), name, parts)] };
}

/** Steps that led to it keep the way, which is then shown as unknown. */
export function removeStep(draft: FlowDocument, stepId: string): FlowDocument {
  return { ...draft, steps: draft.steps.filter(({ id }) => id !== stepId) };
}

export function changeStep(draft: FlowDocument, step: FlowStep): FlowDocument {
  return { ...draft, steps: draft.steps.map((each) => (each.id === step.id ? step : each)) };
}

/** Moves a step by so many places; the order is for people, callers follow the ways. */
export function moveStep(draft: FlowDocument, stepId: string, by: number): FlowDocument {
  const from = draft.steps.findIndex(({ id }) => id === stepId);
  const to = from + by;
  const step = draft.steps[from];
  if (!step || to < 0 || to >= draft.steps.length) return draft;
  const steps = draft.steps.filter(({ id }) => id !== stepId);
  return { ...draft, steps: [...steps.slice(0, to), step, ...steps.slice(to)] };
}

/** A list with the item at `index` replaced, or taken out. */
export function withItem<T>(list: readonly T[], index: number, item: T | undefined): T[] {
  return list.flatMap((each, at) => (at !== index ? [each] : item === undefined ? [] : [item]));
}
