import { z } from 'zod';
import { flowDocumentSchema, menuDigitSchema, serviceNumberSchema } from './flow.js';
import { instant } from './time.js';
import { timelineEventSchema } from './timeline.js';

/** A walk through a flow without a call: the caller dials `number` at that time and does this at each menu in turn. */
export const flowTrialSchema = z.strictObject({
  number: serviceNumberSchema,
  document: flowDocumentSchema,
  at: instant,
  answers: z.array(z.union([menuDigitSchema, z.literal('nothing')])).max(100),
});
export type FlowTrial = z.infer<typeof flowTrialSchema>;

/** The facts that a call would have. asks: a menu waits for a key; else where the caller is in the end. */
export const flowWalkSchema = z.object({
  facts: z.array(timelineEventSchema),
  now: z.enum(['asks', 'queue', 'end']),
});
export type FlowWalk = z.infer<typeof flowWalkSchema>;
