import { describe, expect, it } from '@jest/globals';
import { aCall } from '../../../test/builders/timeline.js';
import { replay } from '../../calls/domain/advance.js';
import type { CallModel } from '../../calls/domain/call-model.js';
import type { SoundSample } from '../../contracts/sound-quality.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import { isRefusal } from '../../kernel/refusal.js';
import { added, figuresOf, noFigures } from './leg-figures.js';
import { soundIsBad, soundTurned } from './sound-facts.js';
import { measuredLegs, reportedLeg, type SoundLeg } from './sound-legs.js';

const sample: SoundSample = {
  lossShare: 0.05,
  jitterMs: 12,
  roundTripMs: 80,
  lossShareOut: 0.2,
  codec: 'opus',
  overMs: 5_000,
};
const story = () => aCall().arrives().queued().rings().answers();
const modelOf = (told: { events: () => TimelineEvent[] }): CallModel => {
  const call = replay(told.events());
  if (!call) throw new Error('the story has no call');
  return call;
};
const customerOf = (call: CallModel): SoundLeg => ({
  legId: call.arrival.legId,
  callId: call.id,
  side: 'customer',
  agentId: null,
});

describe('which legs are measured', () => {
  it('is the customer’s while the call is in talk, and none before and after', () => {
    expect(measuredLegs(modelOf(aCall().arrives().queued().rings()))).toEqual([]);
    const talking = modelOf(story());
    expect(measuredLegs(talking)).toEqual([customerOf(talking)]);
    expect(measuredLegs(modelOf(story().customerHangsUp(20_000)))).toEqual([]);
  });

  it('lets agents report their own leg while it carries speech', () => {
    const told = story();
    const call = modelOf(told);
    const legId = call.handlings[0]?.legId ?? '';
    expect(reportedLeg(call, told.agentId, legId)).toMatchObject({
      leg: { side: 'agent', agentId: told.agentId },
      since: call.handlings[0]?.answeredAt,
    });
    for (const [agentId, leg] of [
      ['00000000-0000-4000-8000-000000000001', legId],
      [told.agentId, call.arrival.legId],
    ] as const) {
      const refused = reportedLeg(call, agentId, leg);
      expect(isRefusal(refused) && refused.code).toBe('call.not-yours');
    }
    const ringing = aCall().arrives().queued().rings();
    const early = reportedLeg(modelOf(ringing), ringing.agentId, `agent-${ringing.handlingId}`);
    expect(isRefusal(early) && early.code).toBe('call.not-allowed-now');
    const late = reportedLeg(modelOf(told.customerHangsUp(20_000)), told.agentId, legId);
    expect(isRefusal(late) && late.code).toBe('call.ended');
  });
});

describe('the fact of a turn', () => {
  it('names the agent who is with the customer, and what was measured', () => {
    const told = story();
    const call = modelOf(told);
    const { facts } = soundTurned(call, customerOf(call), { turn: 'dropped', sample, now: told.now });
    const { agentId, handlingId } = told;
    expect(facts).toMatchObject([
      {
        source: 'system',
        fact: {
          kind: 'quality.dropped',
          data: { agentId, handlingId, side: 'customer', lossShare: 0.2, jitterMs: 12, roundTripMs: 80 },
        },
      },
    ]);
    const fact = facts[0]?.fact;
    if (fact?.kind !== 'quality.dropped') throw new Error('no drop was told');
    const event = {
      ...fact,
      callId: call.id,
      seq: 9,
      at: '2026-03-02T01:00:00.000Z',
      source: 'system',
    } as const;
    expect(soundIsBad([event], customerOf(call))).toBe(true);
    const well = {
      ...event,
      kind: 'quality.recovered',
      data: { agentId, handlingId, side: 'customer' },
    } as const;
    expect(soundIsBad([event, well], customerOf(call))).toBe(false);
    expect(soundIsBad([event], { ...customerOf(call), side: 'agent', agentId })).toBe(false);
  });

  it('is none when nobody is with the customer', () => {
    const call = modelOf(story().customerHangsUp(20_000));
    const turned = soundTurned(call, customerOf(call), { turn: 'dropped', sample, now: 0 });
    expect(turned.facts).toEqual([]);
  });
});

describe('the figures of a leg', () => {
  it('weigh each sample by its time', () => {
    const calm = { ...sample, lossShare: 0, lossShareOut: null, roundTripMs: null, overMs: 15_000 };
    const figures = [sample, calm].map(figuresOf).reduce(added, noFigures);
    expect(figures).toMatchObject({ samples: 2, overMs: 20_000, roundTripOverMs: 5_000 });
    expect(figures.lossMs / figures.overMs).toBeCloseTo(0.05, 6);
    expect(figures.roundTripMs / figures.roundTripOverMs).toBe(80);
    expect(figures.mosWorst).toBeLessThan(figures.mosMs / figures.overMs);
  });
});
