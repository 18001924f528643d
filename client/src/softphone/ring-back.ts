import type { DeskCall } from '@contracts/call';
import type { RingTimer } from './ring-cadence';

const ringMs = 5_000;
/** Longer than anybody's phone is let ring. */
const rings = 24;

/**
 * Since when the agent hears that another phone rings: the number that was dialled, or the target of a transfer. The
 * network's own tone never reaches the desk, so the desk makes it. Null: nothing rings.
 */
export function ringBackSince({ dial, transfer }: Pick<DeskCall, 'dial' | 'transfer'>): string | null {
  if (dial && dial.answeredAt === null && dial.refused === null) return dial.ringingAt;
  return transfer?.mode === 'consult' && transfer.state === 'ringing' ? transfer.requestedAt : null;
}

/** The national ring-back: 1 s on, 4 s off. */
export function ringBack(startedAt: string): RingTimer {
  const endsAt = new Date(Date.parse(startedAt) + rings * ringMs).toISOString();
  return { startedAt, ringMs, rings, endsAt };
}
