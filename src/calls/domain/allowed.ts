import type { CallCommand } from '../../contracts/call.js';
import { isAnnouncing } from './agent-number.js';
import { type CallModel, type HandlingModel, inConference, targetLeg } from './call-model.js';

/** What concerns a transfer or a conference. */
function ofTransfer(call: CallModel, handling: HandlingModel): CallCommand[] {
  const { transfer } = call;
  if (!transfer) {
    if (handling.phase !== 'talking' || handling.hold) return [];
    return inConference(call)
      ? ['invite-to-call', 'drop-member', 'leave-conference']
      : ['transfer-call', 'invite-to-call'];
  }
  const drop: CallCommand[] = inConference(call) ? ['drop-member'] : [];
  if (transfer.answeredAt === null || !targetLeg(call)) return ['withdraw-transfer', ...drop];
  const settledWhere = transfer.with === 'target' ? handling.phase === 'held' : !handling.hold;
  return [
    'withdraw-transfer',
    'complete-transfer',
    'merge-transfer',
    ...(settledWhere ? (['swap-transfer'] as const) : []),
    ...drop,
  ];
}

const helpCalls = (handling: HandlingModel): CallCommand =>
  handling.helpCalledAt === null ? 'call-for-help' : 'withdraw-call-for-help';

/** The agent who is responsible for the customer and has answered. */
function asMain(call: CallModel, handling: HandlingModel): CallCommand[] {
  const muting: CallCommand = handling.muted ? 'unmute-call' : 'mute-call';
  if (handling.hangUpCarriedOut) return ['save-wrap-up-draft'];
  if (call.state === 'dialling') return ['hang-up-call', 'save-wrap-up-draft'];
  const always: CallCommand[] = [muting, helpCalls(handling), 'hang-up-call', 'save-wrap-up-draft'];
  const toTarget = call.transfer?.partyId && call.transfer.answeredAt !== null;
  if (isAnnouncing(handling)) return [...always, ...(handling.hangUp ? (['withdraw-hang-up'] as const) : [])];
  if (handling.phase === 'held') {
    const back: CallCommand[] = call.transfer ? [] : ['resume-call'];
    return [
      ...back,
      ...(toTarget ? (['send-digits'] as const) : []),
      ...ofTransfer(call, handling),
      ...always,
    ];
  }
  const hold: CallCommand[] = call.transfer || handling.hold || inConference(call) ? [] : ['hold-call'];
  return [
    ...hold,
    'send-digits',
    ...ofTransfer(call, handling),
    ...always,
    ...(handling.hangUp ? (['withdraw-hang-up'] as const) : []),
  ];
}

/** What the agent may do now: the desk shows this and derives nothing. */
export function allowedCommands(call: CallModel, handling: HandlingModel): CallCommand[] {
  const muting: CallCommand = handling.muted ? 'unmute-call' : 'mute-call';
  if (handling.away) return ['save-wrap-up-draft'];
  switch (handling.phase) {
    case 'offered':
    case 'ringing':
      return ['answer-call', 'reject-call'];
    case 'consulted':
      return [helpCalls(handling), 'hang-up-call'];
    case 'talking':
    case 'held':
      return handling.id === call.mainId
        ? asMain(call, handling)
        : [muting, helpCalls(handling), 'leave-conference', 'hang-up-call', 'save-wrap-up-draft'];
    case 'wrap-up':
      return ['save-wrap-up-draft', 'complete-wrap-up'];
    default:
      return [];
  }
}
