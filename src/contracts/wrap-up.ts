import { z } from 'zod';

/** The record of a handling (clauses 23.4, 24.12, 26.9). Which fields are required is the policy's. */
export const wrapUpSchema = z.strictObject({
  outcome: z.string().max(64),
  customerName: z.string().trim().max(120),
  customerNumber: z.string().trim().max(40),
  /** The name was spelled and read back to the customer; the number likewise (clause 26.9). */
  nameReadBack: z.boolean(),
  numberReadBack: z.boolean(),
  note: z.string().trim().max(4000),
  /** For an unresolved call: what follows, by whom, until when (clause 17). */
  followUp: z.string().trim().max(1000),
  praise: z.boolean(),
});
export type WrapUp = z.infer<typeof wrapUpSchema>;

/** A draft may hold any part of it; kept at every pause of typing. */
export const wrapUpDraftSchema = wrapUpSchema.partial();
export type WrapUpDraft = z.infer<typeof wrapUpDraftSchema>;

export const emptyWrapUp: WrapUp = {
  outcome: '',
  customerName: '',
  customerNumber: '',
  nameReadBack: false,
  numberReadBack: false,
  note: '',
  followUp: '',
  praise: false,
};
