import { z } from 'zod';

/** listen: nobody hears the lead; whisper: the agent alone does; join: everybody does. */
export const helpModes = ['listen', 'whisper', 'join'] as const;
export const helpModeSchema = z.enum(helpModes);
export type HelpMode = z.infer<typeof helpModeSchema>;

/** Why a lead's help came to its end. */
export const helpEndings = ['left', 'refused', 'no-device', 'call-ended', 'agent-gone', 'took-over'] as const;
export type HelpEnding = (typeof helpEndings)[number];

/** A lead's own view of the call they are in: replaced as a whole (`help.changed`); null when there is none. */
export const helpViewSchema = z.object({
  helpId: z.uuid(),
  callId: z.uuid(),
  /** Leg id of the lead's phone, as in the header `X-Sanling-Leg`: the softphone answers it by itself. */
  legId: z.string(),
  agentId: z.uuid(),
  agentNumber: z.string(),
  fromNumber: z.string(),
  wanted: helpModeSchema,
  /** What the engine does now; null while the phone is being rung. */
  mode: helpModeSchema.nullable(),
  since: z.iso.datetime(),
  mayTakeOver: z.boolean(),
});
export type HelpView = z.infer<typeof helpViewSchema>;
