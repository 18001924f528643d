import type { LegRefusal } from '../port/engine-event.js';

/** A number of the outside world: its phone rings, does nothing, or its network refuses with this status. */
export type SimulatedNumber = 'rings' | 'is silent' | { refuses: LegRefusal; sipStatus: number };

/** A party's phone starts a call. */
export interface SimulatedArrival {
  dialled: string;
  fromNumber?: string;
  fromName?: string;
  /** The device that dials; absent for a customer over the trunk. */
  deviceId?: string;
  /** The phone offers no audio. */
  withoutAudio?: boolean;
}

/** The SIP status that goes with a refusal unless the story says another. */
export const refusalStatus: Readonly<Record<LegRefusal, number>> = {
  busy: 486,
  rejected: 603,
  'no-answer': 480,
  'unknown-number': 404,
  unreachable: 404,
  failed: 500,
};
