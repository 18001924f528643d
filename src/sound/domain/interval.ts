import type { SoundSample } from '../../contracts/sound-quality.js';
import type { LegStatistics } from '../../telephony/port/engine.js';

/** What the engine had counted on a leg at a moment. */
export interface Reading {
  at: number;
  statistics: LegStatistics;
}

/** The longest stretch that one sample may speak for. */
export const longestMs = 60_000;

/**
 * How the sound of a leg was between two readings. Null: not to be told yet (keep the earlier reading), for nothing came
 * from the party, or losses were not counted since.
 */
export function sampleBetween(before: Reading, now: Reading, codec: string): SoundSample | null {
  const overMs = Math.min(longestMs, Math.round(now.at - before.at));
  const received = now.statistics.packetsIn - before.statistics.packetsIn;
  if (overMs <= 0 || received <= 0) return null;
  const lossShare = lossBetween(before, now, received);
  if (lossShare === null) return null;
  const { jitterInMs, jitterOutMs, roundTripMs } = now.statistics;
  return {
    lossShare,
    jitterMs: Math.max(jitterInMs, jitterOutMs),
    roundTripMs: roundTripMs ?? null,
    lossShareOut: lossOutBetween(before.statistics, now.statistics),
    codec,
    overMs,
  };
}

/**
 * Losses that are counted only every so often belong to the packets of those counts, not to the packets since the last
 * look: between two looks five seconds apart there may be none, one or two counts of five seconds.
 */
function lossBetween(before: Reading, now: Reading, received: number): number | null {
  const lost = lostIn(now.statistics) - lostIn(before.statistics);
  const counts = now.statistics.lossCounts;
  if (!counts) return share(lost, received);
  const elapsed = now.at - before.at;
  const earlier = before.statistics.lossCounts?.times;
  const times =
    earlier === undefined ? Math.max(1, Math.round(elapsed / counts.everyMs)) : counts.times - earlier;
  if (times <= 0) return null;
  return share(lost, (received / elapsed) * times * counts.everyMs);
}

/** Packets that never came: a share of all that were sent, with the others of them counted. */
function lostIn({ packetsIn, lossShareIn }: LegStatistics): number {
  return lossShareIn < 1 ? (packetsIn * lossShareIn) / (1 - lossShareIn) : 0;
}

function lossOutBetween(before: LegStatistics, now: LegStatistics): number | null {
  // A phone that reports nothing is not a phone that lost nothing.
  if (now.roundTripMs === undefined && now.lossShareOut === 0) return null;
  const sent = now.packetsOut - before.packetsOut;
  const lost = now.packetsOut * now.lossShareOut - before.packetsOut * before.lossShareOut;
  return sent > 0 ? Math.min(1, Math.max(0, lost / sent)) : null;
}

function share(lost: number, received: number): number {
  return lost <= 0 ? 0 : Math.min(1, lost / (received + lost));
}
