import { type CallModel, idsOf } from '../../calls/domain/call-model.js';
import { type Decision, nothing, tell } from '../../calls/domain/decision.js';
import { mosOf } from '../../contracts/mos.js';
import type { SoundSample } from '../../contracts/sound-quality.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import { worseLoss } from './leg-figures.js';
import { handlingFor, type SoundLeg } from './sound-legs.js';
import type { Turn } from './sound-watch.js';

/** The fact that a leg's sound turned; nothing when no agent is there whom it could concern. */
export function soundTurned(
  call: CallModel,
  leg: SoundLeg,
  { turn, sample, now }: { turn: Turn; sample: SoundSample; now: number },
): Decision {
  const handling = handlingFor(call, leg);
  if (!handling) return nothing;
  const about = { ...idsOf(handling), side: leg.side };
  if (turn === 'recovered') return { facts: [tell(now, 'system', 'quality.recovered', about)] };
  const { jitterMs, roundTripMs } = sample;
  const measured = { mos: mosOf(sample), lossShare: worseLoss(sample), jitterMs, roundTripMs };
  return { facts: [tell(now, 'system', 'quality.dropped', { ...about, ...measured })] };
}

/** Whether the record says that this leg's sound is bad: where a process goes on that finds the call running. */
export function soundIsBad(timeline: readonly TimelineEvent[], { side, agentId }: SoundLeg): boolean {
  const last = timeline.findLast(
    (event) =>
      (event.kind === 'quality.dropped' || event.kind === 'quality.recovered') &&
      event.data.side === side &&
      (agentId === null || event.data.agentId === agentId),
  );
  return last?.kind === 'quality.dropped';
}
