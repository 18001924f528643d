import type { CallCommand } from '../../contracts/call.js';
import type { HandlingModel } from './call-model.js';

/** What the agent may do now: the desk shows this and derives nothing. */
export function allowedCommands(handling: HandlingModel): CallCommand[] {
  const muting: CallCommand = handling.muted ? 'unmute-call' : 'mute-call';
  switch (handling.phase) {
    case 'offered':
    case 'ringing':
      return ['answer-call', 'reject-call'];
    case 'talking':
      if (handling.hangUpCarriedOut) return ['save-wrap-up-draft'];
      return [
        'hold-call',
        muting,
        'send-digits',
        'hang-up-call',
        ...(handling.hangUp ? (['withdraw-hang-up'] as const) : []),
        'save-wrap-up-draft',
      ];
    case 'held':
      return ['resume-call', muting, 'hang-up-call', 'save-wrap-up-draft'];
    case 'wrap-up':
      return ['save-wrap-up-draft', 'complete-wrap-up'];
    default:
      return [];
  }
}
