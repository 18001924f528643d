import { z } from 'zod';

/** What a softphone needs to register: made for one sign-in, revoked at sign-out. Answer of `lead-device`. */
export const softphoneAccountSchema = z.object({
  deviceId: z.string(),
  /** `sip:deviceId@sanling` */
  uri: z.string(),
  secret: z.string(),
  /** Path on this origin, e.g. `/sip`. */
  socketPath: z.string(),
});
export type SoftphoneAccount = z.infer<typeof softphoneAccountSchema>;

/** `POST /api/guest`: a web phone for a customer; may call the service number and nothing else. */
export const guestAccountSchema = softphoneAccountSchema.extend({
  serviceNumber: z.string(),
  expiresAt: z.iso.datetime(),
});
export type GuestAccount = z.infer<typeof guestAccountSchema>;

/** Headers on the INVITE to an agent's softphone. */
export const legHeader = 'X-Sanling-Leg';
export const callHeader = 'X-Sanling-Call';
