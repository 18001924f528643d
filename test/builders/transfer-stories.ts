import { completeTransfer, mergeTransfer } from '../../src/calls/domain/transfer-commands.js';
import { CallStory } from './call-story.js';
import { inTalk } from './call-verdicts.js';

/* 801 has the customer and asks 802. Told through the call machine, so that the facts are those of real calls. */

/** 801 and the customer talk. */
export const talking = (): CallStory => inTalk(new CallStory());
/** 801 has asked 802; the customer waits with music. */
export const asked = (): CallStory => talking().transfersTo('802').customerWaits();
/** The phone of the colleague who was asked rings. */
export const targetRings = (story: CallStory): CallStory =>
  story.engine({ kind: 'leg.ringing', legId: story.target });
/** 802 has answered and 801 consults with 802. */
export const answered = (): CallStory => targetRings(asked()).passes(4_000).targetAnswers().passes(5_000);
/** 801 has passed the customer on to 802. */
export const completed = (): CallStory => answered().agent(completeTransfer).customerConnected();
/** 802 lets it ring until the time for it is over. */
export const targetMisses = (): CallStory => targetRings(asked()).passes(15_200);
/** … and 801 has the customer again. */
export const backAgain = (): CallStory => targetMisses().passes(1_000).customerConnected();
/** 801, 802 and the customer talk together. */
export const merged = (): CallStory => answered().agent(mergeTransfer).customerConnected();
/** The customer hangs up. */
export const customerLeaves = (story: CallStory): CallStory => story.passes(1_000).hangsUp(story.customer);
/** The phone of an agent goes by itself: hung up, or vanished. */
export const phoneGoes = (story: CallStory, by: 'remote' | 'engine'): CallStory =>
  story.engine({ kind: 'leg.ended', legId: story.handling.legId, by, cause: 'gone' });
