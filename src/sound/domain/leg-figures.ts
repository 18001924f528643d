import { mosOf } from '../../contracts/mos.js';
import type { SoundSample } from '../../contracts/sound-quality.js';

/** What was measured of a leg, as sums that can be added to those already stored. Times are the weights. */
export interface LegFigures {
  samples: number;
  overMs: number;
  mosMs: number;
  mosWorst: number;
  lossMs: number;
  jitterMs: number;
  roundTripMs: number;
  /** How long the round trip was known. */
  roundTripOverMs: number;
}

export const noFigures: LegFigures = {
  samples: 0,
  overMs: 0,
  mosMs: 0,
  mosWorst: Number.POSITIVE_INFINITY,
  lossMs: 0,
  jitterMs: 0,
  roundTripMs: 0,
  roundTripOverMs: 0,
};

/** The share of lost packets that counts: the worse direction's. */
export function worseLoss({ lossShare, lossShareOut }: SoundSample): number {
  return Math.max(lossShare, lossShareOut ?? 0);
}

/** The figures of one sample. */
export function figuresOf(sample: SoundSample): LegFigures {
  const { overMs, roundTripMs } = sample;
  const mos = mosOf(sample);
  return {
    samples: 1,
    overMs,
    mosMs: mos * overMs,
    mosWorst: mos,
    lossMs: worseLoss(sample) * overMs,
    jitterMs: sample.jitterMs * overMs,
    roundTripMs: (roundTripMs ?? 0) * overMs,
    roundTripOverMs: roundTripMs === null ? 0 : overMs,
  };
}

/** Both together. */
export function added(one: LegFigures, other: LegFigures): LegFigures {
  return {
    samples: one.samples + other.samples,
    overMs: one.overMs + other.overMs,
    mosMs: one.mosMs + other.mosMs,
    mosWorst: Math.min(one.mosWorst, other.mosWorst),
    lossMs: one.lossMs + other.lossMs,
    jitterMs: one.jitterMs + other.jitterMs,
    roundTripMs: one.roundTripMs + other.roundTripMs,
    roundTripOverMs: one.roundTripOverMs + other.roundTripOverMs,
  };
}
