import type { LegStatistics } from '../port/engine.js';
import type { SimulatedLeg } from './simulated-leg.js';

const packetMs = 20;

/** The sound of a leg that has audio: a packet every 20 ms each way, of which the share lost that the story wants. */
export function statisticsOf(
  { upSince, lossShare = 0 }: SimulatedLeg,
  now: number,
): LegStatistics | undefined {
  if (upSince === undefined) return undefined;
  const packets = Math.floor((now - upSince) / packetMs);
  return {
    packetsIn: packets,
    packetsOut: packets,
    lossShareIn: lossShare,
    lossShareOut: 0,
    jitterInMs: 0,
    jitterOutMs: 0,
  };
}
