import type { HandlingPhase } from '../../contracts/call.js';
import type { Speaker } from '../../contracts/timeline.js';
import type { EngineEvent } from '../../telephony/port/engine-event.js';
import { type HandlingModel, idsOf } from './call-model.js';
import { type Told, tell } from './decision.js';

/** Engine events about one leg, beside its arrival. */
export type LegEvent = Exclude<Extract<EngineEvent, { legId: string }>, { kind: 'leg.arrived' }>;

/** During a hold and a consult too: who is in mid-sentence as the customer comes spoke at once (clauses 23.11, 26.8). */
const speechCounts: readonly HandlingPhase[] = ['talking', 'held', 'consulted'];

/** Somebody's speech, as heard by `handling`'s agent. */
export function speech(handling: HandlingModel | undefined, event: LegEvent, who: Speaker): Told[] {
  if (!handling || !speechCounts.includes(handling.phase)) return [];
  const speaking = who === 'agent' ? handling.agentSpeaking : handling.customerSpeaking;
  if (event.kind === 'leg.speaking' && !speaking) {
    return [tell(event.at, who, 'speech.started', { ...idsOf(handling), who })];
  }
  if (event.kind === 'leg.silent' && speaking) {
    return [tell(event.at, who, 'speech.ended', { ...idsOf(handling), who, spokeMs: event.spokeMs })];
  }
  return [];
}
