import { describe, expect, it } from '@jest/globals';
import { CallStory, queueOfStory } from '../../../test/builders/call-story.js';
import { waitingPlace } from './waiting-place.js';

const lastEntry = (story: CallStory) => story.directives.findLast((each) => each.do === 'enter-queue');

describe('where a call waits', () => {
  const { queueId } = queueOfStory;

  it('is its queue, since it came, until somebody is rung for it', () => {
    const story = new CallStory().arrives();
    expect(waitingPlace(story.call)).toMatchObject({ queueId, since: story.call.arrivedAt, front: false });
    story.offeredTo('801');
    expect(waitingPlace(story.call)).toBeNull();
  });

  it('is the front for a customer who lost an agent, and stays it when the next ring is missed', () => {
    const story = new CallStory().arrives().offeredTo('801').rings().answers();
    story.vanishes();
    story.passes(story.policy.away.limitMs + 1_000);
    expect(story.kinds).toContain('agent.lost');
    expect(waitingPlace(story.call)).toMatchObject({ queueId, front: true });
    story.offeredTo('802').rings().passes(60_000);
    expect(story.kinds).toContain('ring.missed');
    expect(waitingPlace(story.call)).toMatchObject({ front: true });
    expect(lastEntry(story)).toMatchObject({ front: true });
  });

  it('is nowhere once the customer has left', () => {
    const story = new CallStory().arrives();
    story.hangsUp(story.customer);
    expect(waitingPlace(story.call)).toBeNull();
  });
});
