import type { TimelineEvent } from '../../contracts/timeline.js';
import { isAnnouncing } from './agent-number.js';
import { type CallModel, customerIsHeld, handlingOf, helpers, roomOf } from './call-model.js';
import type { Directive } from './directive.js';
import { placeHelper } from './follow-up-help.js';
import { meet } from './follow-up-transfer.js';

/** What follows from the going and coming of an agent's phone during a talk. `call`: after the whole decision. */
export function ofAway(call: CallModel, event: TimelineEvent): Directive[] {
  switch (event.kind) {
    case 'agent.away': {
      const handling = handlingOf(call, event.data.handlingId);
      if (!handling) return [];
      const wait: Directive = { do: 'wait', legId: call.arrival.legId };
      return [{ do: 'end-leg', legId: handling.legId }, ...(customerIsHeld(handling) ? [] : [wait])];
    }
    case 'ring.moved': {
      const { agentId, handlingId, legId } = event.data;
      const former = handlingOf(call, handlingId)?.formerLegIds.at(-1) ?? '';
      return [
        { do: 'end-leg', legId: former },
        { do: 'ring', agentId, handlingId, legId },
      ];
    }
    case 'agent.recalled': {
      const { agentId, handlingId, legId } = event.data;
      return [{ do: 'ring', agentId, handlingId, legId }];
    }
    case 'agent.recall-failed':
      return [{ do: 'end-leg', legId: event.data.legId }];
    case 'agent.back':
      return [
        ...(call.promptId ? [{ do: 'stop-prompt', promptId: call.promptId } as const] : []),
        ...reconnected(call, event.data.handlingId),
      ];
    case 'agent.moved': {
      const former = handlingOf(call, event.data.handlingId)?.formerLegIds.at(-1);
      return [
        ...reconnected(call, event.data.handlingId),
        ...(former ? [{ do: 'end-leg', legId: former } as const] : []),
      ];
    }
    default:
      return [];
  }
}

/** The agent's new leg takes the old one's place, and leads who listened hear on. */
function reconnected(call: CallModel, handlingId: string): Directive[] {
  const handling = handlingOf(call, handlingId);
  // While the customer hears the agent's number the two are not together yet: the end of it connects them.
  if (!handling || isAnnouncing(handling)) return [];
  const { legId, phase } = handling;
  if (phase === 'consulted') {
    return call.transfer?.with === 'customer' ? [{ do: 'wait', legId }] : meet(call);
  }
  const legIds = customerIsHeld(handling) ? [legId] : [call.arrival.legId, legId];
  const listening = helpers(call).filter((help) => help.handlingId === handlingId);
  return [
    { do: 'connect', roomId: roomOf(call), legIds },
    ...listening.flatMap((help) => placeHelper(call, help)),
  ];
}
