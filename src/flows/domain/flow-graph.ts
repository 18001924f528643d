import type { FlowDocument, FlowStep, PromptRef } from '../../contracts/flow.js';

/** The step with this id; undefined for none. */
export function stepOf(document: FlowDocument, stepId: string): FlowStep | undefined {
  return document.steps.find(({ id }) => id === stepId);
}

/** Where a caller may come to from the step without pressing a key. */
export function waysByItself(step: FlowStep): string[] {
  switch (step.kind) {
    case 'announce':
      return [step.next];
    case 'hours':
      return [step.open, step.closed];
    case 'menu':
      return step.otherwise === null ? [] : [step.otherwise];
    case 'queue':
    case 'end':
      return [];
  }
}

/** Every step that can follow. */
export function waysOn(step: FlowStep): string[] {
  const pressed = step.kind === 'menu' ? step.choices.map(({ next }) => next) : [];
  return [...waysByItself(step), ...pressed];
}

/** A caller who comes here gets out of the flow. A menu without another way leads into the number's own queue. */
export function isWayOut(step: FlowStep): boolean {
  return step.kind === 'queue' || step.kind === 'end' || (step.kind === 'menu' && step.otherwise === null);
}

/** Ids of all steps that can be come to from `start`, itself among them. */
export function reachable(
  document: FlowDocument,
  start: string,
  ways: (step: FlowStep) => string[] = waysOn,
): Set<string> {
  const found = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = stepOf(document, id);
    if (!step || found.has(id)) continue;
    found.add(id);
    open.push(...ways(step));
  }
  return found;
}

/** The prompts of a step; none for those that say nothing. */
export function promptsOf(step: FlowStep): PromptRef[] {
  return 'prompts' in step ? step.prompts : [];
}

/** Every prompt that the flow may play. */
export function allPrompts(document: FlowDocument): PromptRef[] {
  const wrong = document.wrongKey ? [document.wrongKey] : [];
  return [...document.opening, ...wrong, ...document.steps.flatMap(promptsOf)];
}
