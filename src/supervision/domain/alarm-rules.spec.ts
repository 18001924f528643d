import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { FactKind, FactOf, TimelineEvent } from '../../contracts/timeline.js';
import { alarmingKinds, alarmOf } from './alarm-rules.js';

const agentId = '11111111-1111-4111-8111-111111111111';
const ids = { handlingId: '22222222-2222-4222-8222-222222222222', agentId };
const holdId = '33333333-3333-4333-8333-333333333333';

function fact<K extends FactKind>(kind: K, data: FactOf<K>['data']): TimelineEvent {
  const callId = '44444444-4444-4444-8444-444444444444';
  return { callId, seq: 7, at: '2026-03-02T01:00:00.000Z', source: 'system', kind, data } as TimelineEvent;
}

const alarming: [TimelineEvent, string, string, string][] = [
  [fact('hold.reminded', { ...ids, holdId }), 'reminder', 'hold.reminder', '26.5'],
  [fact('hold.limit-reached', { ...ids, holdId }), 'limit', 'hold.limit', '26.4'],
  [fact('hold.ceiling-reached', { ...ids, holdId }), 'ceiling', 'hold.ceiling', '24.14'],
  [fact('hold.by-device', ids), 'breach', 'hold.by-device', '24.13'],
  [fact('agent.lost', { ...ids, why: 'device-lost' }), 'breach', 'agent.lost', '24.13'],
  [fact('agent.away', { ...ids, why: 'page-gone' }), 'missed', 'agent.away', '24.13'],
  [fact('microphone.lost', ids), 'missed', 'microphone.lost', '23.9'],
  [fact('ring.missed', { ...ids, why: 'three-rings' }), 'missed', 'ring.missed', '26.1'],
  [fact('ring.missed', { ...ids, why: 'rejected' }), 'missed', 'ring.rejected', '26.1'],
  [fact('ring.missed', { ...ids, why: 'unreachable' }), 'missed', 'ring.unreachable', '26.1'],
];

describe('alarms from facts', () => {
  it.each(alarming)('%j', (event, level, code, clause) => {
    expect(alarmOf(event)).toEqual({ level, code, clause, agentId });
  });

  it('are made up for when they could not be written, whatever they are about', () => {
    expect(
      alarming.map(([{ kind }]) => kind).filter((kind) => !alarmingKinds.includes(kind as never)),
    ).toEqual([]);
  });

  it('leaves ordinary facts alone', () => {
    expect(alarmOf(fact('talk.started', ids))).toBeUndefined();
    expect(alarmOf(fact('ring.cancelled', ids))).toBeUndefined();
    expect(alarmOf(fact('hold.ended', { ...ids, holdId, heldMs: 5_000 }))).toBeUndefined();
  });

  it.each(['zh-CN', 'en'])('has a text in %s for every code', (locale) => {
    const file = new URL(`../../../client/src/locales/${locale}/floor.json`, import.meta.url);
    const texts = (JSON.parse(readFileSync(file, 'utf8')) as { alarms: Record<string, string> }).alarms;
    for (const [, , code] of alarming) expect(texts[code]).toMatch(/\S/);
  });
});
