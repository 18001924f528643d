import { z } from 'zod';
import { line } from './text.js';

/** Whose leg. `outside`: a party that was dialled into the call. */
export const soundSideSchema = z.enum(['customer', 'agent', 'outside']);
export type SoundSide = z.infer<typeof soundSideSchema>;

/** What a softphone read off its connection (WebRTC getStats), over the seconds since its last report. */
export const soundSampleSchema = z.strictObject({
  /** Share of the packets towards the agent that never came, or too late to be heard; 0 to 1. */
  lossShare: z.number().min(0).max(1),
  jitterMs: z.number().min(0).max(60_000),
  /** Null until the other side reported. */
  roundTripMs: z.number().min(0).max(60_000).nullable(),
  /** What the far end reports of the packets from the agent; null until it did. */
  lossShareOut: z.number().min(0).max(1).nullable(),
  /** As the browser names it: `opus`, `PCMA`. */
  codec: line(32),
  overMs: z.number().int().min(1).max(60_000),
});
export type SoundSample = z.infer<typeof soundSampleSchema>;

/** One leg's sound from its beginning to its end (or now). `mos`: estimate from 1 (bad) to 4.5 (E-model, ITU-T G.107). */
export const legSoundSchema = z.object({
  legId: z.string(),
  side: soundSideSchema,
  agentId: z.uuid().nullable(),
  /** Empty until it is known. */
  codec: z.string(),
  samples: z.number().int(),
  mosAverage: z.number(),
  mosWorst: z.number(),
  /** The worse direction's, on average. */
  lossShare: z.number(),
  jitterMs: z.number(),
  roundTripMs: z.number().nullable(),
});
export type LegSound = z.infer<typeof legSoundSchema>;
