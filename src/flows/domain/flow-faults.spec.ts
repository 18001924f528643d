import { describe, expect, it } from '@jest/globals';
import { queueOfStory } from '../../../test/builders/call-story.js';
import {
  announce,
  end,
  flowOf,
  hours,
  meetingsQueue,
  menu,
  queue,
  spoken,
  usualFlow,
} from '../../../test/builders/flow.js';
import type { FlowDocument } from '../../contracts/flow.js';
import { welcomeFlow } from '../demo-flow.js';
import { flowFaults } from './flow-faults.js';
import { isOpen } from './opening-hours.js';

const known = {
  isPrompt: (ref: ReturnType<typeof spoken>) => ref.kind === 'built-in' || !ref.promptId.endsWith('77'),
  isQueue: (id: string) => id === queueOfStory.queueId || id === meetingsQueue.id,
};
const faultsOf = (document: FlowDocument) =>
  flowFaults(document, known).map(({ stepId, code }) => `${stepId ?? ''} ${code}`.trim());
const others = [queue(), queue('meetings', meetingsQueue.id), end()];

describe('a flow', () => {
  it('that leads every caller somewhere has no faults', () => {
    expect(faultsOf(usualFlow())).toEqual([]);
    expect(faultsOf(welcomeFlow(queueOfStory.queueId))).toEqual([]);
    expect(faultsOf(flowOf([hours(), menu(), ...others]))).toEqual([]);
  });

  it.each<[string, FlowDocument, string[]]>([
    ['no steps', flowOf([]), ['empty']],
    ['a start that is not there', flowOf([queue()], { start: 'x' }), ['start-unknown']],
    ['no name', flowOf([{ ...queue(), name: '' }], { name: '' }), ['name-missing', 'queue name-missing']],
    ['an unknown next step', flowOf([announce('a', 'x')]), ['a step-unknown', 'a no-way-out']],
    ['a step twice', flowOf([queue(), queue()]), ['queue step-repeated']],
    [
      'an unknown prompt',
      flowOf([announce('a', 'queue', { prompts: [spoken(77)] }), queue()]),
      ['a prompt-unknown'],
    ],
    ['an unknown prompt in the opening', flowOf([queue()], { opening: [spoken(77)] }), ['prompt-unknown']],
    ['nothing to say', flowOf([announce('a', 'queue', { prompts: [] }), queue()]), ['a prompt-missing']],
    ['an unknown queue', flowOf([queue('queue', 'x')]), ['queue queue-unknown']],
    ['a step that nobody comes to', flowOf([queue(), end()]), ['end unreachable']],
    [
      'a round without a key',
      flowOf([announce('a', 'b'), announce('b', 'a')]),
      ['a cycle', 'a no-way-out', 'b cycle', 'b no-way-out'],
    ],
    [
      'a menu that leads back to itself by silence',
      flowOf([menu({ otherwise: 'menu' }), ...others]),
      ['menu cycle'],
    ],
    ['a menu without keys', flowOf([menu({ choices: [] })]), ['menu choice-missing']],
    [
      'the same key twice',
      flowOf([
        menu({
          choices: [
            { digit: '1', label: 'a', next: 'queue' },
            { digit: '1', label: 'b', next: 'queue' },
          ],
        }),
        queue(),
      ]),
      ['menu digit-repeated'],
    ],
    [
      'hours that end before they begin',
      flowOf([hours({ weekly: [{ days: [1], from: '22:00', to: '06:00' }], open: 'queue' }), queue(), end()]),
      ['hours hours-order'],
    ],
    [
      'a special day twice',
      flowOf([
        hours({
          open: 'queue',
          special: [
            { date: '2026-10-01', name: '', spans: [] },
            { date: '2026-10-01', name: '', spans: [] },
          ],
        }),
        queue(),
        end(),
      ]),
      ['hours date-repeated'],
    ],
  ])('with %s is refused there', (_what, document, expected) => {
    expect(faultsOf(document)).toEqual(expected);
  });
});

describe('opening hours', () => {
  const at = (time: string) => Date.parse(time);
  const week = hours({ weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] });

  it.each([
    ['2026-03-02T09:00:00+08:00', true],
    ['2026-03-02T17:59:59+08:00', true],
    ['2026-03-02T18:00:00+08:00', false],
    ['2026-03-01T10:00:00+08:00', false],
    // Monday morning in Shanghai is still Sunday in Europe.
    ['2026-03-02T01:30:00Z', true],
  ])('at %s: %s', (time, open) => {
    expect(isOpen(week, at(time), 'Asia/Shanghai')).toBe(open);
  });

  it('of a special day replace those of its weekday', () => {
    const special = [
      { date: '2026-10-01', name: '国庆节', spans: [] },
      { date: '2026-10-03', name: '', spans: [{ from: '00:00', to: '24:00' }] },
    ];
    expect(isOpen({ ...week, special }, at('2026-10-01T10:00:00+08:00'), 'Asia/Shanghai')).toBe(false);
    expect(isOpen({ ...week, special }, at('2026-10-03T23:59:00+08:00'), 'Asia/Shanghai')).toBe(true);
  });

  it('follow the clocks when they change', () => {
    const daily = hours({ weekly: [{ days: [7], from: '08:00', to: '09:00' }] });
    // 29 March 2026, 08:30 summer time; an hour later by winter time.
    expect(isOpen(daily, at('2026-03-29T06:30:00Z'), 'Europe/Berlin')).toBe(true);
    expect(isOpen(daily, at('2026-03-29T07:30:00Z'), 'Europe/Berlin')).toBe(false);
  });
});
