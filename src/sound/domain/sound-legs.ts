import { activeHandling, type CallModel, type HandlingModel, inTalk } from '../../calls/domain/call-model.js';
import type { SoundSide } from '../../contracts/sound-quality.js';
import { type Refusal, refuse } from '../../kernel/refusal.js';

/** A leg whose sound is looked at. */
export interface SoundLeg {
  legId: string;
  callId: string;
  side: SoundSide;
  /** Of the agent's leg. */
  agentId: string | null;
}

/** The agent's phone carries speech: with the customer, or with the colleague who asked. */
const speaks = ({ phase }: HandlingModel): boolean =>
  phase === 'talking' || phase === 'held' || phase === 'consulted';

/** The legs that the server itself measures at the engine: everybody outside, while the call is in talk. */
export function measuredLegs(call: CallModel): SoundLeg[] {
  if (!['talking', 'held', 'handed-over'].includes(call.state)) return [];
  const outside = (side: SoundSide, legId: string) => ({ legId, callId: call.id, side, agentId: null });
  const parties = call.parties.filter(({ phase }) => phase === 'here');
  return [
    ...(call.customerLegAlive ? [outside('customer', call.arrival.legId)] : []),
    ...parties.map(({ legId }) => outside('outside', legId)),
  ];
}

/** The agent's own leg of a running call and since when it speaks, or why its sound cannot be reported. */
export function reportedLeg(
  call: CallModel,
  agentId: string,
  legId: string,
): { leg: SoundLeg; since: number } | Refusal {
  const handling = call.handlings.findLast((one) => one.legId === legId && one.agentId === agentId);
  if (!handling) return refuse('call.not-yours');
  if (speaks(handling) && handling.legAlive)
    return {
      leg: { legId, callId: call.id, side: 'agent', agentId },
      since: handling.answeredAt ?? handling.offeredAt,
    };
  const { phase } = handling;
  return phase === 'wrap-up' || phase === 'closed'
    ? refuse('call.ended')
    : refuse('call.not-allowed-now', { phase });
}

/** Whose handling a fact about this leg's sound belongs to; undefined when nobody is with the customer. */
export function handlingFor(call: CallModel, { side, legId }: SoundLeg): HandlingModel | undefined {
  if (side === 'agent') return call.handlings.find((one) => one.legId === legId && speaks(one));
  const active = activeHandling(call);
  return inTalk(active) ? active : undefined;
}

/** True while the leg may still be heard of. */
export function soundsOn(call: CallModel, { side, legId }: SoundLeg): boolean {
  if (side === 'customer') return call.customerLegAlive;
  if (side === 'outside') return call.parties.some((one) => one.legId === legId && one.phase !== 'gone');
  return call.handlings.some((one) => one.legId === legId && one.legAlive);
}
