import type { Fact, TimelineEvent } from '@contracts/timeline';
import { describe, expect, test } from '@jest/globals';
import { along, layLanes, placeAt, rulerSteps } from './lanes';

const startedAt = '2026-03-02T01:00:00.000Z';
const mine = { handlingId: 'mine', agentId: 'a' };
const hold = { ...mine, holdId: 'hold-1' };

/** Facts by their second after the recording's start. */
const timeline = (...facts: [second: number, fact: Fact][]): TimelineEvent[] =>
  facts.map(([second, fact], index) => ({
    callId: 'c',
    seq: index + 1,
    source: 'engine',
    at: new Date(Date.parse(startedAt) + second * 1000).toISOString(),
    ...fact,
  }));
const ended: Fact = { kind: 'call.ended', data: { by: 'customer', cause: '' } };
const lay = (events: TimelineEvent[], durationMs = 60_000) => layLanes(events, 'mine', startedAt, durationMs);

describe('places on the recording', () => {
  test('ringing before the recording began widens the axis to the left', () => {
    const { axis, spans, marks } = lay(
      timeline(
        [-4, { kind: 'ring.started', data: mine }],
        [0, { kind: 'ring.answered', data: mine }],
        [50, ended],
      ),
    );
    expect(axis).toEqual({ fromMs: -4_000, untilMs: 60_000 });
    expect(spans).toMatchObject([{ lane: 'ring', fromMs: -4_000, untilMs: 0, seqs: [1, 2] }]);
    expect(marks.map(({ what, atMs }) => [what, atMs])).toEqual([
      ['answer', 0],
      ['end', 50_000],
    ]);
  });

  test('a hold past its promise is over, and the promise is where it was given', () => {
    const { spans } = lay(
      timeline(
        [10, { kind: 'hold.granted', data: { ...hold, reason: 'r', limitMs: 15_000 } }],
        [11, { kind: 'hold.started', data: hold }],
        [31, { kind: 'hold.ended', data: { ...hold, heldMs: 20_000 } }],
      ),
    );
    expect(spans).toMatchObject([
      { lane: 'hold', fromMs: 11_000, untilMs: 31_000, limitMs: 26_000, tone: 'over' },
    ]);
  });

  test('a hold within its promise is normal, one nobody agreed to is a breach', () => {
    const { spans } = lay(
      timeline(
        [10, { kind: 'hold.granted', data: { ...hold, reason: 'r', limitMs: 15_000 } }],
        [10, { kind: 'hold.started', data: hold }],
        [20, { kind: 'hold.ended', data: { ...hold, heldMs: 10_000 } }],
        [30, { kind: 'hold.by-device', data: mine }],
        [33, { kind: 'hold.by-device-ended', data: mine }],
      ),
    );
    expect(spans.map(({ tone, fromMs }) => [tone, fromMs])).toEqual([
      ['normal', 10_000],
      ['breach', 30_000],
    ]);
  });

  test('what never ended ends with the call', () => {
    const { spans } = lay(
      timeline(
        [5, { kind: 'talk.started', data: mine }],
        [9, { kind: 'speech.started', data: { ...mine, who: 'customer' } }],
        [12, ended],
      ),
    );
    expect(spans.map(({ lane, untilMs }) => [lane, untilMs])).toEqual([
      ['talk', 12_000],
      ['customer', 12_000],
    ]);
  });

  test('a running call reaches to the end of the axis', () => {
    const { spans, axis } = lay(timeline([5, { kind: 'talk.started', data: mine }]), 20_000);
    expect(spans).toMatchObject([{ lane: 'talk', untilMs: axis.untilMs, seqs: [1] }]);
  });

  test('both speakers have their own lane', () => {
    const { spans } = lay(
      timeline(
        [1, { kind: 'speech.started', data: { ...mine, who: 'agent' } }],
        [2, { kind: 'speech.started', data: { ...mine, who: 'customer' } }],
        [3, { kind: 'speech.ended', data: { ...mine, who: 'agent', spokeMs: 2_000 } }],
        [5, { kind: 'speech.ended', data: { ...mine, who: 'customer', spokeMs: 3_000 } }],
      ),
    );
    expect(spans.map(({ lane, fromMs, untilMs }) => [lane, fromMs, untilMs])).toEqual([
      ['agent', 1_000, 3_000],
      ['customer', 2_000, 5_000],
    ]);
  });

  test('an agent cut short by a hold is not shown speaking through it', () => {
    const { spans } = lay(
      timeline(
        [1, { kind: 'speech.started', data: { ...mine, who: 'agent' } }],
        [2, { kind: 'hold.started', data: hold }],
        [20, { kind: 'hold.ended', data: { ...hold, heldMs: 18_000 } }],
        [25, ended],
      ),
    );
    expect(spans.filter((span) => span.lane === 'agent')).toMatchObject([{ fromMs: 1_000, untilMs: 2_000 }]);
  });

  test('another agent’s handling of the same call is left out', () => {
    const other = { handlingId: 'other', agentId: 'b' };
    const { spans } = lay(
      timeline(
        [-9, { kind: 'ring.started', data: other }],
        [-1, { kind: 'ring.missed', data: { ...other, why: 'three-rings' } }],
      ),
    );
    expect(spans).toEqual([]);
  });
});

describe('the axis', () => {
  const axis = { fromMs: -10_000, untilMs: 90_000 };
  test('share and place undo each other and stay inside', () => {
    expect(along(axis, 40_000)).toBe(0.5);
    expect(placeAt(axis, 0.5)).toBe(40_000);
    expect(along(axis, 200_000)).toBe(1);
    expect(placeAt(axis, -1)).toBe(-10_000);
  });
  test('its ruler has round steps, with zero among them', () => {
    expect(rulerSteps(axis, 14)).toEqual(
      [-10, 0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((second) => second * 1000),
    );
  });
});
