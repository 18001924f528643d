import type { MenuRules } from '../../src/calls/domain/menu-model.js';
import type { FlowDocument, FlowStep, FlowStepOf, PromptRef } from '../../src/contracts/flow.js';
import { queueOfStory } from './call-story.js';

/** A prompt of the house's own, by a number: its sound is `uploaded/<number>`. */
export const spoken = (number: number): PromptRef => ({
  kind: 'uploaded',
  promptId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
});
export const soundOf = (number: number): string => `uploaded/${number}`;

export const meetingsQueue = { id: '4c5be1cc-6ab5-4f0c-9b2d-8b2f62d3a002', name: '会议咨询' };

export const announce = (id: string, next: string, more: Partial<FlowStepOf<'announce'>> = {}): FlowStep => ({
  kind: 'announce',
  id,
  name: id,
  prompts: [spoken(1)],
  skippable: true,
  next,
  ...more,
});
export const menu = (more: Partial<FlowStepOf<'menu'>> = {}): FlowStepOf<'menu'> => ({
  kind: 'menu',
  id: 'menu',
  name: '业务选择',
  prompts: [spoken(2)],
  choices: [
    { digit: '1', label: '客房预订', next: 'queue' },
    { digit: '2', label: '会议咨询', next: 'meetings' },
    { digit: '9', label: '重听', next: 'menu' },
    { digit: '0', label: '再见', next: 'end' },
  ],
  waitMs: 5_000,
  tries: 3,
  otherwise: null,
  ...more,
});
export const hours = (more: Partial<FlowStepOf<'hours'>> = {}): FlowStepOf<'hours'> => ({
  kind: 'hours',
  id: 'hours',
  name: '营业时间',
  weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', to: '22:00' }],
  special: [],
  open: 'menu',
  closed: 'end',
  ...more,
});
export const queue = (id = 'queue', queueId: string = queueOfStory.queueId): FlowStep => ({
  kind: 'queue',
  id,
  name: id,
  queueId,
});
export const end = (prompts: PromptRef[] = [spoken(4)]): FlowStep => ({
  kind: 'end',
  id: 'end',
  name: '再见',
  prompts,
});

/** A flow of these steps, beginning with the first. */
export const flowOf = (steps: FlowStep[], more: Partial<FlowDocument> = {}): FlowDocument => ({
  name: '测试流程',
  enabled: true,
  opening: [],
  recording: 'with-opening',
  wrongKey: spoken(3),
  maxRounds: 3,
  start: steps[0]?.id ?? '',
  steps,
  ...more,
});

/** A welcome, then a menu: 1 the house's queue, 2 meetings, 9 again, 0 goodbye. */
export const usualFlow = (more: Partial<FlowStepOf<'menu'>> = {}): FlowDocument =>
  flowOf([menu(more), queue(), queue('meetings', meetingsQueue.id), end()], { opening: [spoken(9)] });

/** What a call is led by, with every prompt and both queues there. */
export const rulesOf = (document: FlowDocument | null, more: Partial<MenuRules> = {}): MenuRules => ({
  flowId: '4c5be1cc-6ab5-4f0c-9b2d-8b2f62d3a0f1',
  version: 1,
  document,
  timeZone: 'Asia/Shanghai',
  queues: new Map([
    [queueOfStory.queueId, queueOfStory.queueName],
    [meetingsQueue.id, meetingsQueue.name],
  ]),
  soundOf: (ref) => (ref.kind === 'built-in' ? ref.sound : soundOf(Number(ref.promptId.slice(-12)))),
  ...more,
});
