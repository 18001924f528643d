import type { HelpEnding } from '../../contracts/live-help.js';
import { type CallModel, handlingOf } from './call-model.js';
import type { HelpModel } from './call-parts.js';
import { type Told, tell } from './decision.js';

/** What facts about a lead's help carry. */
export function helpIds(call: CallModel, { id, leadId, leadName, handlingId }: HelpModel) {
  const agentId = handlingOf(call, handlingId)?.agentId ?? '';
  return { handlingId, agentId, helpId: id, leadId, leadName };
}

export function helpEnded(call: CallModel, help: HelpModel, at: number, why: HelpEnding): Told {
  return tell(at, why === 'left' ? 'lead' : 'system', 'help.ended', { ...helpIds(call, help), why });
}
