import { z } from 'zod';
import { line, prose } from './text.js';

/** The record of a handling (clauses 23.4, 24.12, 26.9). Which fields are required is the policy's. */
export const wrapUpSchema = z.strictObject({
  outcome: line(64),
  customerName: line(120).trim(),
  customerNumber: line(40).trim(),
  /** The name was spelled and read back to the customer; the number likewise (clause 26.9). */
  nameReadBack: z.boolean(),
  numberReadBack: z.boolean(),
  note: prose(4000).trim(),
  /** For an unresolved call: what follows, by whom, until when (clause 17). */
  followUp: prose(1000).trim(),
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
