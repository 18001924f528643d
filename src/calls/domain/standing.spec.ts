import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../../test/builders/call-story.js';
import { roomOf } from './call-model.js';
import { hangUpCall, holdCall } from './commands.js';
import { callAt, missing, movedOnSince, overtaken, type Standing, undone, untold } from './standing.js';

/** A talk, and what the engine lists of it. */
function talk(): { story: CallStory; listed: Standing } {
  const story = new CallStory().arrives().offeredTo('801').rings().answers();
  const roomId = roomOf(story.call);
  const leg = (legId: string) => [legId, { legId, state: 'up', roomId, waiting: false }] as const;
  return { story, listed: new Map([leg(story.customer), leg(story.handling.legId)]) };
}

function holds(story: CallStory): void {
  const [reason] = story.policy.hold.reasons;
  story
    .agent((desk) =>
      holdCall(desk, { callId: '', consent: true, limitMs: 30_000, reason: reason?.code ?? '' }),
    )
    .engine({ kind: 'leg.waiting', legId: story.customer });
}

describe('what the engine lists of a call', () => {
  it('tells where the legs are', () => {
    const { story, listed } = talk();
    expect(movedOnSince(story.timeline, story.now)).toBe(false);
    expect(untold(story.call, listed, story.now).map(({ kind }) => kind)).toContain('leg.connected');
  });

  it('takes no hold back that began while it was looked at', () => {
    const { story, listed } = talk();
    const at = story.now;
    story.passes(50);
    holds(story);
    const then = callAt(story.timeline, at);
    if (!then) throw new Error('no call');
    expect(then.state).toBe('talking');
    const told = untold(then, listed, at);
    expect(told.map((event) => overtaken(event, story.timeline, at))).toEqual([false, true, false, true]);
    for (const event of told) if (!overtaken(event, story.timeline, at)) story.engine(event);
    expect(story.handling.phase).toBe('held');
    // Nor would the list alone: the call knows where the customer should be.
    for (const event of told) story.engine(event);
    expect(story.handling.phase).toBe('held');
  });

  it('is not asked after legs that are younger than it', () => {
    const story = new CallStory().arrives();
    const at = story.now;
    story.passes(50);
    story.offeredTo('801').rings();
    const then = callAt(story.timeline, at);
    if (!then) throw new Error('no call');
    const gone = missing(then, new Map(), 0, at).map((event) => ('legId' in event ? event.legId : ''));
    expect(gone).toEqual([story.customer]);
    expect(callAt(story.timeline, at - 60_000)).toBeUndefined();
  });

  it('goes by the number of a fact that was told late, not by its time', () => {
    const { story, listed } = talk();
    const at = story.now;
    const late = (ms: number, kind: 'speech.started' | 'speech.ended') => ({
      callId: story.callId,
      seq: story.timeline.length + 1,
      at: new Date(at + ms).toISOString(),
      source: 'engine' as const,
      kind,
      data: { handlingId: story.handling.id, agentId: story.handling.agentId, who: 'agent' as const },
    });
    story.timeline.push(late(20, 'speech.started') as never);
    story.timeline.push(late(-20, 'speech.ended') as never);
    const then = callAt(story.timeline, at);
    expect(then?.seq).toBe(story.timeline.length - 2);
    expect(then && missing(then, listed, 0, at)).toEqual([]);
  });

  describe('is compared with what is wanted: what was not done is done', () => {
    it('ends the customer’s leg when the hang-up was carried out and the request was lost', () => {
      const { story, listed } = talk();
      story.agent((desk) => hangUpCall(desk, undefined)).passes(60_000);
      expect(story.kinds).toContain('hang-up.carried-out');
      expect(undone(story.call, listed)).toContainEqual({ do: 'end-leg', legId: story.customer });
    });

    it('takes the customer of an outbound call into the talk', () => {
      const story = new CallStory();
      story.dials('801', '核对订单').rings().engine({ kind: 'leg.answered', legId: story.handling.legId });
      story.engine({ kind: 'leg.ringing', legId: story.customer });
      story.engine({ kind: 'leg.answered', legId: story.customer });
      const up = (legId: string) => [legId, { legId, state: 'up', waiting: false }] as const;
      const legIds = [story.handling.legId, story.customer];
      expect(undone(story.call, new Map(legIds.map(up)))).toEqual([
        { do: 'connect', roomId: roomOf(story.call), legIds },
      ]);
    });

    it('gives a customer music whose transfer is under way', () => {
      const { story, listed } = talk();
      story.transfersTo('802');
      expect(undone(story.call, listed)).toEqual([{ do: 'wait', legId: story.customer }]);
    });

    it('ends the legs of those who have no part in the call any more', () => {
      const { story, listed } = talk();
      story.hangsUp(story.customer);
      const legId = story.handling.legId;
      const left = new Map([...listed].filter(([each]) => each === legId));
      expect(undone(story.call, left)).toEqual([{ do: 'end-leg', legId }]);
    });

    it('leaves alone what is as it should be', () => {
      const { story, listed } = talk();
      expect(undone(story.call, listed)).toEqual([]);
    });
  });
});
