import { describe, expect, it } from '@jest/globals';
import { CallStory } from '../../../test/builders/call-story.js';
import { hangUpCall } from './commands.js';
import { wantedPlaces } from './wanted.js';

const customersPlace = (story: CallStory) => wantedPlaces(story.call).get(story.customer);

describe('where the customer should be', () => {
  it('is with music until somebody answers, and then in the talk', () => {
    const story = new CallStory().arrives();
    expect(customersPlace(story)).toBe('waiting');
    story.offeredTo('801').rings();
    expect(customersPlace(story)).toBe('waiting');
    story.answers();
    expect(customersPlace(story)).toBe('room');
  });

  it('is nowhere from the moment that a hang-up was carried out, whoever is responsible then', () => {
    const story = new CallStory().arrives().offeredTo('801').rings().answers();
    story.agent((desk) => hangUpCall(desk, undefined)).passes(60_000);
    expect(customersPlace(story)).toBe('gone');
  });

  it('is the talk with the next agent, after the one who had dialled was lost', () => {
    const story = new CallStory();
    story.dials('801', '核对订单').rings().engine({ kind: 'leg.answered', legId: story.handling.legId });
    story.engine({ kind: 'leg.answered', legId: story.customer }).customerConnected();
    story.vanishes().passes(story.policy.away.limitMs + 1_000);
    story.customerWaits().offeredTo('802').rings();
    story.engine({ kind: 'leg.answered', legId: story.handling.legId });
    expect(customersPlace(story)).toBe('room');
    expect(story.did('connect').at(-1)).toMatchObject({ legIds: [story.customer, story.handling.legId] });
  });
});
