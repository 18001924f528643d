import type { SoundSample } from './sound-quality.js';

/** What the estimate is made from. */
export type SoundPath = Pick<
  SoundSample,
  'lossShare' | 'jitterMs' | 'roundTripMs' | 'lossShareOut' | 'codec'
>;

export const mosBest = 4.5;
export const mosWorst = 1;

/**
 * The E-model (ITU-T G.107, 06/2015) with every parameter that cannot be measured here at its default: R0 - Is = 93.2.
 * Equipment impairment and robustness against loss are those of G.113 (Appendix I) for G.711 with loss concealment,
 * which browsers and phones have. ITU-T names no values for Opus; it conceals at least as well, so it gets the same.
 */
const undisturbed = 93.2;
const concealed = { impairment: 0, robustness: 25.1 };
/** Narrow and lossy ones (G.729A's values) stand for whatever else a trunk may speak. */
const others = { impairment: 11, robustness: 19 };
/** An empty name is a codec that is not known yet, which is no reason to think it a bad one. */
const known: Record<string, typeof concealed> = {
  '': concealed,
  opus: concealed,
  pcma: concealed,
  pcmu: concealed,
};

/** Packing 20 ms of speech and playing it. */
const endsMs = 25;
/** A jitter buffer waits for about twice the jitter. */
const bufferPerJitter = 2;

/**
 * Mean opinion score (1 to 4.5) that people would give this sound: the worse of both directions counts, and all the
 * worse for delay. An estimate from the network, not from the voice: a microphone that crackles is not in it.
 */
export function mosOf(path: SoundPath): number {
  return mosOfRating(ratingOf(path));
}

/** The E-model's transmission rating R, 0 to 93.2. */
export function ratingOf({ lossShare, jitterMs, roundTripMs, lossShareOut, codec }: SoundPath): number {
  const delayMs = (roundTripMs ?? 0) / 2 + bufferPerJitter * jitterMs + endsMs;
  const lossPercent = 100 * Math.max(lossShare, lossShareOut ?? 0);
  return Math.max(0, undisturbed - delayImpairment(delayMs) - lossImpairment(lossPercent, codec));
}

/** Id after Cole and Rosenbluth (2001), the usual simplification of G.107's: talk gets harder past 177 ms one way. */
function delayImpairment(oneWayMs: number): number {
  return 0.024 * oneWayMs + 0.11 * Math.max(0, oneWayMs - 177.3);
}

/** Ie,eff of G.107 (7-29) with losses that come singly (BurstR 1). */
function lossImpairment(percent: number, codec: string): number {
  const { impairment, robustness } = known[codec.toLowerCase()] ?? others;
  return impairment + (95 - impairment) * (percent / (percent + robustness));
}

/** G.107, Annex B. Its polynomial falls a little under 1 before it gets there. */
export function mosOfRating(rating: number): number {
  if (rating <= 0) return mosWorst;
  if (rating >= 100) return mosBest;
  const mos = 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6;
  return Math.min(mosBest, Math.max(mosWorst, mos));
}
