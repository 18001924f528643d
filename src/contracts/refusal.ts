import { z } from 'zod';

/**
 * Every expected "no" of the product, by code. The client has a text for each in both languages (what happened, what to
 * do); HTTP answers carry the status named here.
 */
export const refusalCodes = {
  'request.malformed': 400,
  'request.too-large': 413,
  'request.too-many': 429,
  'request.not-found': 404,
  'session.wrong-credentials': 401,
  'session.none': 401,
  'session.expired': 401,
  'session.origin': 403,
  'permission.denied': 403,
  'service.unavailable': 503,
  'engine.unavailable': 503,
  'call.not-found': 404,
  'call.ended': 409,
  'call.not-yours': 403,
  'call.not-allowed-now': 409,
  'hold.no-consent': 422,
  'hold.reason-unknown': 422,
  'hold.limit-too-long': 422,
  'hang-up.wait-for-customer': 409,
  'hang-up.reason-unknown': 422,
  'wrap-up.incomplete': 422,
  'wrap-up.outcome-unknown': 422,
  'presence.not-allowed-now': 409,
  'presence.reason-unknown': 422,
  'presence.no-device': 409,
  'device.led-elsewhere': 409,
  'recording.not-found': 404,
  'recording.not-ready': 409,
  'recording.range': 416,
  'policy.not-found': 404,
  'policy.contradictory': 422,
  'policy.changed-meanwhile': 409,
  'evaluation.not-found': 404,
  'evaluation.not-complete': 422,
  'evaluation.mark-unknown': 422,
  'evaluation.already-submitted': 409,
  'evaluation.changed-meanwhile': 409,
  'evaluation.own-handling': 403,
  'guest.too-many': 429,
} as const;

export type RefusalCode = keyof typeof refusalCodes;

/** What a refused request or command answers. `reference` finds the log lines of an internal fault. */
export const refusalSchema = z.object({
  code: z.string(),
  details: z.record(z.string(), z.unknown()).default({}),
  reference: z.string().optional(),
});
export type RefusalBody = z.infer<typeof refusalSchema>;
