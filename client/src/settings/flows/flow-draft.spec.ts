import { flowDocumentSchema, flowStepKinds } from '@contracts/flow';
import { expect, it } from '@jest/globals';
import { addStep, changeStep, firstDraft, moveStep, removeStep, withItem } from './flow-draft';

const parts = {
  queues: [{ id: '4c5be1cc-6ab5-4f0c-9b2d-8b2f62d3a001', name: '前台', number: '8000' }],
  uploaded: [],
  timeZone: 'Asia/Shanghai',
};
const first = firstDraft('欢迎', '前台', '4c5be1cc-6ab5-4f0c-9b2d-8b2f62d3a001');
const ids = (draft: typeof first) => draft.steps.map(({ id }) => id);

it('begins with what can be published', () => {
  expect(flowDocumentSchema.safeParse(first).success).toBe(true);
});

it.each(flowStepKinds)('adds a %s that the server can look at', (kind) => {
  const draft = addStep(first, kind, '新', parts);
  expect(flowDocumentSchema.safeParse(draft).success).toBe(true);
  expect(draft.steps.at(-1)).toMatchObject({ kind, name: '新' });
});

it('gives every step an id of its own, also after one was removed', () => {
  const two = addStep(addStep(first, 'menu', 'a', parts), 'menu', 'b', parts);
  expect(ids(two)).toEqual(['queue-1', 'menu-1', 'menu-2']);
  expect(ids(addStep(removeStep(two, 'menu-1'), 'menu', 'c', parts))).toEqual([
    'queue-1',
    'menu-2',
    'menu-1',
  ]);
});

it('moves a step within the list, and changes just the one', () => {
  const two = addStep(first, 'end', 'bye', parts);
  expect(ids(moveStep(two, 'end-1', -1))).toEqual(['end-1', 'queue-1']);
  expect(moveStep(two, 'end-1', 1)).toBe(two);
  const renamed = changeStep(two, { kind: 'end', id: 'end-1', name: '再见', prompts: [] });
  expect(renamed.steps.map(({ name }) => name)).toEqual(['前台', '再见']);
});

it('replaces an item of a list, or takes it out', () => {
  expect(withItem(['a', 'b'], 1, 'c')).toEqual(['a', 'c']);
  expect(withItem(['a', 'b'], 0, undefined)).toEqual(['b']);
});
