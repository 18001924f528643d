import { isIP } from 'node:net';
import { z } from 'zod';
import type { EngineEvent } from '../port/engine-event.js';

/**
 * Asterisk's security events, as far as they tell of a wrong proof. A request without any gets a question for an answer,
 * whether the account exists or not; counting it for one kind only would tell which.
 */
const refusalSchema = z.object({
  Event: z.enum(['ChallengeResponseFailed', 'InvalidPassword']),
  Service: z.literal('PJSIP'),
  /** Seconds since the epoch with microseconds. */
  Timestamp: z.coerce.number(),
  AccountID: z.string(),
  SessionID: z.string(),
  /** `IPV4/UDP/192.0.2.1/5060` */
  RemoteAddress: z.string().regex(/^IPV[46]\/[A-Z]+\/[^/]+\/\d+$/),
});

/** So Asterisk calls every account that does not exist. */
const nobody = '<unknown>';
const longestAccount = 80;

/** What a security event of Asterisk's tells about a stranger; undefined for all others. */
export function strangerRefused(
  event: Readonly<Record<string, string>>,
): Extract<EngineEvent, { kind: 'stranger.refused' }> | undefined {
  const parsed = refusalSchema.safeParse(event);
  if (!parsed.success) return undefined;
  const { Timestamp, AccountID, SessionID, RemoteAddress } = parsed.data;
  const [, transport = '', address = '', port] = RemoteAddress.split('/');
  if (isIP(address) === 0) return undefined;
  return {
    kind: 'stranger.refused',
    at: Math.round(Timestamp * 1_000),
    stranger: {
      attemptId: `${SessionID} ${Timestamp}`,
      over: transport.startsWith('WS') ? 'softphone' : 'trunk',
      address,
      port: Number(port),
      account: AccountID === nobody ? '' : AccountID.slice(0, longestAccount),
    },
  };
}
