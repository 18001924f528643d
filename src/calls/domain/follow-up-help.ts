import type { TimelineEvent } from '../../contracts/timeline.js';
import { type CallModel, handlingOf, roomOf } from './call-model.js';
import type { HelpModel } from './call-parts.js';
import type { Directive } from './directive.js';

/** Brings the lead's leg to where the wanted mode says; the agent's leg is what a listener hears. */
export function placeHelper(call: CallModel, help: HelpModel | undefined): Directive[] {
  if (help?.phase !== 'here') return [];
  if (help.wanted === 'join') return [{ do: 'connect', roomId: roomOf(call), legIds: [help.legId] }];
  const targetLegId = handlingOf(call, help.handlingId)?.legId;
  return targetLegId ? [{ do: help.wanted, legId: help.legId, targetLegId }] : [];
}

/** What follows from facts of a lead's help. `call`: after the whole decision. */
export function ofHelp(call: CallModel, event: TimelineEvent): Directive[] {
  if (!('helpId' in event.data)) return [];
  const { helpId } = event.data;
  const help = call.helps.find(({ id }) => id === helpId);
  switch (event.kind) {
    case 'help.requested':
      return [{ do: 'ring-lead', leadId: event.data.leadId, legId: event.data.legId }];
    case 'help.answered':
    case 'help.mode-requested':
      return placeHelper(call, help);
    case 'help.ended':
      return help ? [{ do: 'end-leg', legId: help.legId }, freed(event.data)] : [];
    case 'help.took-over': {
      const { leadId: agentId, newHandlingId: handlingId } = event.data;
      return [{ do: 'presence', change: 'took-over', agentId, handlingId }];
    }
    default:
      return [];
  }
}

const freed = ({ leadId: agentId, handlingId }: { leadId: string; handlingId: string }): Directive => ({
  do: 'presence',
  change: 'helped',
  agentId,
  handlingId,
});
