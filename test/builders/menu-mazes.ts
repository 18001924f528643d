import type { FactKind } from '../../src/contracts/timeline.js';
import type { CallStory } from './call-story.js';
import { announce, end, flowOf, hours, meetingsQueue, menu, queue, spoken, usualFlow } from './flow.js';

/** Flows with hours, announcements and menus in a round; one leads to a queue that has gone. */
export const mazes = [
  usualFlow({ tries: 2 }),
  flowOf(
    [
      hours({ weekly: [{ days: [1], from: '09:00', to: '09:01' }], open: 'hello', closed: 'bye' }),
      announce('hello', 'menu', { prompts: [spoken(5), spoken(6)] }),
      menu({ otherwise: 'bye', waitMs: 1_000 }),
      announce('bye', 'end', { skippable: false }),
      queue(),
      queue('meetings', meetingsQueue.id),
      end(),
    ],
    { recording: 'after-opening', opening: [spoken(9), spoken(8)] },
  ),
  flowOf([announce('hello', 'queue'), queue()]),
  flowOf([menu(), queue('queue', 'a queue that has gone'), queue('meetings', meetingsQueue.id), end([])]),
];

/** What a caller in a menu may do, and what may happen to the flow meanwhile. */
export const menuSteps: ((story: CallStory) => void)[] = [
  (story) => story.promptEnds(),
  (story) => story.promptEnds(),
  (story) => story.presses('1'),
  (story) => story.presses('2'),
  (story) => story.presses('9'),
  (story) => story.presses('0'),
  (story) => story.presses('5'),
  (story) => story.presses('#79'.repeat(40)),
  (story) => {
    story.flow &&= { ...story.flow, soundOf: () => undefined };
  },
  (story) => {
    story.flow &&= { ...story.flow, queues: new Map() };
  },
  (story) => {
    story.flow &&= { ...story.flow, document: null };
  },
];

/** What the walks must have come to. */
export const menuFacts: FactKind[] = [
  'menu.digit',
  'menu.timed-out',
  'menu.left',
  'recording.due',
  'digit.flooded',
];
export const menuEndings = ['passed', 'chosen', 'closed', 'exhausted', 'looped', 'flow-gone'];
