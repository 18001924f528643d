import type { TimelineEvent } from '../../contracts/timeline.js';
import type { HelpModel } from './call-parts.js';

function changes(event: TimelineEvent, at: number): Partial<HelpModel> {
  switch (event.kind) {
    case 'help.mode-requested':
      return { wanted: event.data.mode, handlingId: event.data.handlingId };
    case 'help.answered':
      return { phase: 'here' };
    case 'help.started':
      return { mode: event.data.mode, since: at };
    case 'help.ended':
    case 'help.took-over':
      return { phase: 'gone', mode: null };
    default:
      return {};
  }
}

/** The leads in the call after a fact. */
export function advanceHelps(
  helps: readonly HelpModel[],
  event: TimelineEvent,
  at: number,
): readonly HelpModel[] {
  if (event.kind === 'help.requested') {
    const { helpId, leadId, leadName, leadNumber, legId, handlingId, mode } = event.data;
    const begun: HelpModel = {
      id: helpId,
      leadId,
      leadName,
      leadNumber,
      legId,
      handlingId,
      wanted: mode,
      mode: null,
      phase: 'ringing',
      since: at,
    };
    return [...helps, begun];
  }
  if (event.kind === 'call.ended') {
    return helps.map((help) => (help.phase === 'gone' ? help : { ...help, phase: 'gone', mode: null }));
  }
  if (!('helpId' in event.data)) return helps;
  const { helpId } = event.data;
  return helps.map((help) => (help.id === helpId ? { ...help, ...changes(event, at) } : help));
}
