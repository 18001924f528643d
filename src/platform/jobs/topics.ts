import { z } from 'zod';

/** Work handed to the worker through the outbox, by topic, with the schema of its payload. */
export const topics = {
  'recording.started': z.strictObject({
    callId: z.uuid(),
    recordingId: z.uuid(),
    startedAt: z.iso.datetime(),
  }),
  'recording.finished': z.strictObject({ callId: z.uuid(), recordingId: z.uuid() }),
} as const;

export type Topic = keyof typeof topics;
export type TopicPayload<T extends Topic> = z.output<(typeof topics)[T]>;
export const topicNames = Object.keys(topics) as Topic[];
