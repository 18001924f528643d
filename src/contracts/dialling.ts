import { z } from 'zod';
import { roleSchema } from './identity.js';
import { line } from './text.js';
import { versionNumber } from './time.js';

/**
 * What kind of place a number is. `internal`: the house's own extensions; `service`: short public numbers (114, 10086,
 * 95xxx); `premium`: charged beyond the call (160, 168) and satellite phones; `unknown`: none of a Chinese plan.
 */
export const destinations = [
  'emergency',
  'internal',
  'local',
  'mobile',
  'national',
  'toll-free',
  'service',
  'premium',
  'international',
  'unknown',
] as const;
export const destinationSchema = z.enum(destinations);
export type Destination = z.infer<typeof destinationSchema>;

/** The start of a number as it is dialled: digits, with a leading + for an international one. */
const prefix = z.string().regex(/^\+?\d{1,15}$/);

/** Who may dial what. A denied prefix wins over everything, an allowed one over the kinds. */
export const diallingRulesSchema = z.strictObject({
  /** The house's own area code, `010`: for numbers typed without one. */
  areaCode: z.string().regex(/^0\d{2,3}$/),
  /** Shown to whom we call, as far as the carrier allows. */
  callerNumber: z.string().regex(/^\+?\d{3,15}$/),
  callerName: line(40).trim(),
  perAgentPerHour: z.number().int().min(1).max(1_000),
  denied: z.array(prefix).max(200),
  roles: z
    .array(
      z.strictObject({
        role: roleSchema,
        destinations: z.array(destinationSchema),
        allowed: z.array(prefix).max(200),
      }),
    )
    .max(20),
});
export type DiallingRules = z.infer<typeof diallingRulesSchema>;

export const diallingVersionSchema = z.object({
  version: z.number().int().positive(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  rules: diallingRulesSchema,
});
export type DiallingVersion = z.infer<typeof diallingVersionSchema>;

/** `PUT /api/dialling`. `basedOn`: the version that was edited. */
export const diallingChangeSchema = z.strictObject({
  basedOn: versionNumber.positive(),
  rules: diallingRulesSchema,
});
export type DiallingChange = z.infer<typeof diallingChangeSchema>;

/** `POST /api/dialling/check`: what would become of a typed number, for the one who asks. */
export const numberCheckSchema = z.strictObject({ number: line(40).min(1) });
export const checkedNumberSchema = z.object({
  number: z.string(),
  display: z.string(),
  destination: destinationSchema,
  allowed: z.boolean(),
});
export type CheckedNumber = z.infer<typeof checkedNumberSchema>;

/** A department or partner that customers are put through to. */
export const phoneBookEntrySchema = z.object({
  id: z.uuid(),
  zh: z.string(),
  en: z.string(),
  number: z.string(),
});
export type PhoneBookEntry = z.infer<typeof phoneBookEntrySchema>;

export const phoneBookWishSchema = z.strictObject({
  zh: line(60).trim().min(1),
  en: line(60).trim().min(1),
  number: line(40).min(1),
});
export type PhoneBookWish = z.infer<typeof phoneBookWishSchema>;
