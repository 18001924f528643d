import { z } from 'zod';

export const deviceSchema = z.object({
  deviceId: z.string(),
  secret: z.string(),
  displayName: z.string(),
  /** The browser that leads, its tab's socket and the session it was made for. */
  clientId: z.string(),
  socketId: z.string(),
  sessionId: z.string(),
  /** The leading tab's socket is open. */
  connected: z.boolean(),
  /** The tab said that it is registered. */
  claimed: z.boolean(),
  /** The engine agreed: it may be rung. */
  ready: z.boolean(),
  /** While something is missing: when the softphone counts as lost (ms). Null: nothing is missing, or it is lost. */
  lostAt: z.number().nullable(),
  /** The legs that the softphone said it holds, until they were told with its being ready; null: said nothing new. */
  legs: z.array(z.string()).nullable(),
});
/** An agent's softphone, as every server process sees it. */
export type Device = z.output<typeof deviceSchema>;

/** The device after a step (null: none any more), and when it should be looked at again. */
export interface DeviceStep {
  device: Device | null;
  lookAt: number | null;
}
