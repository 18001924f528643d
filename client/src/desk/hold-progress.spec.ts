import { expect, it } from '@jest/globals';
import { holdProgress } from './hold-progress';

const at = (seconds: number) => Date.parse('2026-03-02T01:00:00.000Z') + seconds * 1_000;
const iso = (seconds: number) => new Date(at(seconds)).toISOString();
const timer = {
  startedAt: iso(0),
  limitAt: iso(30),
  remindAt: iso(20),
  ceilingAt: iso(60),
  limitMs: 30_000,
};

it('fills towards the promise, then towards the ceiling', () => {
  expect(holdProgress(timer, at(15))).toEqual({
    heldMs: 15_000,
    stage: 'within',
    share: 0.25,
    limitShare: 0.5,
    leftMs: 15_000,
  });
  expect(holdProgress(timer, at(30))).toMatchObject({ stage: 'over-limit', share: 0.5, leftMs: 30_000 });
  expect(holdProgress(timer, at(60))).toMatchObject({ stage: 'over-ceiling', share: 1, leftMs: 0 });
  expect(holdProgress(timer, at(95))).toMatchObject({ heldMs: 95_000, share: 1 });
});

it('starts at nothing when the clocks differ a little', () => {
  expect(holdProgress(timer, at(-1))).toMatchObject({ heldMs: 0, share: 0, stage: 'within' });
});

it('has one line when the promise is the ceiling', () => {
  const whole = { ...timer, limitAt: iso(60) };
  expect(holdProgress(whole, at(59))).toMatchObject({ stage: 'within', limitShare: 1 });
  expect(holdProgress(whole, at(60))).toMatchObject({ stage: 'over-ceiling' });
});
