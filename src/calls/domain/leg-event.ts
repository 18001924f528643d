import type { Speaker } from '../../contracts/timeline.js';
import type { EngineEvent } from '../../telephony/port/engine-event.js';
import { type HandlingModel, idsOf, inTalk } from './call-model.js';
import { type Told, tell } from './decision.js';

/** Engine events about one leg, beside its arrival. */
export type LegEvent = Exclude<Extract<EngineEvent, { legId: string }>, { kind: 'leg.arrived' }>;

/** Somebody's speech, as heard by `handling`'s agent. */
export function speech(handling: HandlingModel | undefined, event: LegEvent, who: Speaker): Told[] {
  // During a hold too: an agent who is in mid-sentence when the customer comes back has spoken at once (clause 23.11).
  if (!inTalk(handling)) return [];
  const speaking = who === 'agent' ? handling.agentSpeaking : handling.customerSpeaking;
  if (event.kind === 'leg.speaking' && !speaking) {
    return [tell(event.at, who, 'speech.started', { ...idsOf(handling), who })];
  }
  if (event.kind === 'leg.silent' && speaking) {
    return [tell(event.at, who, 'speech.ended', { ...idsOf(handling), who, spokeMs: event.spokeMs })];
  }
  return [];
}
