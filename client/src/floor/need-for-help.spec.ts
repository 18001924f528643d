import type { Floor, FloorCall } from '@contracts/floor';
import type { Presence } from '@contracts/presence';
import { describe, expect, test } from '@jest/globals';
import { boardCards, keepOrder, waitingCalls } from './need-for-help';

const nowMs = Date.parse('2026-03-02T09:00:00.000Z');
const ago = (seconds: number) => new Date(nowMs - seconds * 1000).toISOString();
const limits = { longHoldMs: 30_000, longCallMs: 600_000, wrapUpTargetMs: 60_000 };

const agent = (
  agentNumber: string,
  state: Presence['state'],
  seconds: number,
  more: Partial<Presence> = {},
): Presence => ({
  agentId: `agent-${agentNumber}`,
  agentNumber,
  name: agentNumber,
  state,
  since: ago(seconds),
  reason: null,
  callId: null,
  handlingId: null,
  deviceReady: true,
  next: null,
  nextReason: null,
  ...more,
});
const call = (callId: string, state: FloorCall['state'], more: Partial<FloorCall> = {}): FloorCall => ({
  callId,
  state,
  fromNumber: '13800006021',
  queueName: '前台预订',
  agentId: null,
  arrivedAt: ago(100),
  stateSince: ago(10),
  holdLimitAt: null,
  holdCeilingAt: null,
  helpCalledAt: null,
  awaySince: null,
  helpers: [],
  transferring: false,
  ...more,
});
const floor = (agents: Presence[], calls: FloorCall[] = []): Floor => ({
  at: ago(0),
  queues: [],
  agents,
  calls,
  alarms: [],
});
const order = (board: Floor) => boardCards(board, nowMs, limits).map((card) => card.presence.agentNumber);
const needOf = (board: Floor) => boardCards(board, nowMs, limits)[0]?.need;

describe('who needs help', () => {
  test('those whose customer waits too long come first, the idle and the absent last', () => {
    const board = floor(
      [
        agent('801', 'offline', 9_000),
        agent('802', 'ready', 100),
        agent('803', 'wrap-up', 61),
        agent('804', 'talking', 601),
        agent('805', 'talking', 90, { callId: 'held-past-limit' }),
        agent('806', 'talking', 80, { callId: 'held-past-ceiling' }),
        agent('807', 'talking', 30),
        agent('808', 'not-ready', 20, { reason: 'missed-call' }),
      ],
      [
        call('held-past-limit', 'held', { holdLimitAt: ago(1), holdCeilingAt: ago(-20) }),
        call('held-past-ceiling', 'held', { holdLimitAt: ago(30), holdCeilingAt: ago(0) }),
      ],
    );
    expect(order(board)).toEqual(['806', '805', '808', '804', '803', '807', '802', '801']);
  });

  test('a hold grows more urgent as its times pass', () => {
    const held = (stateSince: number, limit: number, ceiling: number) =>
      needOf(
        floor(
          [agent('801', 'talking', 200, { callId: 'one' })],
          [
            call('one', 'held', {
              stateSince: ago(stateSince),
              holdLimitAt: ago(limit),
              holdCeilingAt: ago(ceiling),
            }),
          ],
        ),
      );
    expect(held(29, -31, -31)).toBe('held');
    expect(held(30, -30, -30)).toBe('long-hold');
    expect(held(45, 0, -15)).toBe('hold-limit');
    expect(held(60, 15, 0)).toBe('hold-ceiling');
  });

  test('the timer of a held agent counts from the hold, not from the answer', () => {
    const [card] = boardCards(
      floor(
        [agent('801', 'talking', 200, { callId: 'one' })],
        [call('one', 'held', { stateSince: ago(12) })],
      ),
      nowMs,
      limits,
    );
    expect(card).toMatchObject({ state: 'held', since: ago(12) });
  });

  test('an ended call no longer colours its agent', () => {
    const board = floor([agent('801', 'wrap-up', 5, { callId: 'one' })], [call('one', 'ended')]);
    expect(boardCards(board, nowMs, limits)[0]).toMatchObject({ state: 'wrap-up', call: null });
  });

  test('among equals the longest in their state comes first, then the lower number', () => {
    expect(
      order(floor([agent('803', 'ready', 10), agent('802', 'ready', 10), agent('801', 'ready', 5)])),
    ).toEqual(['802', '803', '801']);
  });
});

test('who calls for help comes before everybody', () => {
  const board = floor(
    [
      agent('801', 'talking', 20, { callId: 'held-past-ceiling' }),
      agent('802', 'talking', 10, { callId: 'helpless' }),
    ],
    [
      call('held-past-ceiling', 'held', { holdLimitAt: ago(30), holdCeilingAt: ago(0) }),
      call('helpless', 'talking', { helpCalledAt: ago(3) }),
    ],
  );
  expect(order(board)).toEqual(['802', '801']);
  expect(needOf(board)).toBe('help');
});

describe('under the pointer', () => {
  test('the order stays; who came meanwhile follows at the end', () => {
    const cards = boardCards(
      floor([agent('801', 'ready', 1), agent('802', 'talking', 9), agent('803', 'ready', 3)]),
      nowMs,
      limits,
    );
    expect(cards.map((card) => card.presence.agentNumber)).toEqual(['802', '803', '801']);
    const kept = keepOrder(cards, ['agent-801', 'agent-802']);
    expect(kept.map((card) => card.presence.agentNumber)).toEqual(['801', '802', '803']);
  });
});

test('customers without an agent, the longest waiting first', () => {
  const board = floor(
    [],
    [
      call('talks', 'talking'),
      call('late', 'queued', { arrivedAt: ago(5) }),
      call('rings', 'ringing', { arrivedAt: ago(50) }),
      call('early', 'queued', { arrivedAt: ago(70) }),
      call('gone', 'ended'),
    ],
  );
  expect(waitingCalls(board).map((one) => one.callId)).toEqual(['early', 'rings', 'late']);
});
