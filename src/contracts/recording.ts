import { z } from 'zod';

/** recording → finished (engine has the files) → storing → stored; failed keeps its reason and is tried again. */
export const recordingStateSchema = z.enum(['recording', 'finished', 'stored', 'failed']);
export type RecordingState = z.infer<typeof recordingStateSchema>;

export const recordingSchema = z.object({
  id: z.uuid(),
  callId: z.uuid(),
  state: recordingStateSchema,
  /** The moment of the first sample: timeline time minus this is the place in the audio. */
  startedAt: z.iso.datetime(),
  durationMs: z.number().int().nullable(),
  sha256: z.string().nullable(),
  bytes: z.number().int().nullable(),
  /** Left channel, right channel. */
  channels: z.tuple([z.literal('customer'), z.literal('agent')]),
  failure: z.string().nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

/** Peaks for the waveform: per channel, values 0–1 at `peaksPerSecond`. `GET /api/recordings/:id/peaks`. */
export const peaksSchema = z.object({
  durationMs: z.number().int(),
  peaksPerSecond: z.number(),
  channels: z.object({ customer: z.array(z.number()), agent: z.array(z.number()) }),
});
export type Peaks = z.infer<typeof peaksSchema>;
