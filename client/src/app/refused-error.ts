import type { RefusalBody } from '@contracts/refusal';

/** A request or command that was refused, or never got an answer (codes `client.*`). */
export class RefusedError extends Error {
  constructor(
    readonly refusal: RefusalBody,
    readonly status = 0,
  ) {
    super(refusal.code);
    this.name = 'RefusedError';
  }
}

/** A refusal made on this side of the wire. */
export function clientRefusal(
  code: ClientRefusalCode,
  details: Record<string, unknown> = {},
): RefusalBody & { code: ClientRefusalCode } {
  return { code, details };
}

/** Codes of what goes wrong before a server can answer. Their texts stand beside the server's. */
export const clientRefusalCodes = [
  'client.unreachable',
  'client.disconnected',
  'client.no-answer',
  'client.unexpected-answer',
  'client.microphone-denied',
  'client.microphone-missing',
  'client.insecure-page',
  'client.phone-not-ready',
  'client.call-failed',
  'client.unknown',
] as const;
export type ClientRefusalCode = (typeof clientRefusalCodes)[number];

/** The refusal behind anything that was thrown or answered. */
export function refusalOf(error: unknown): RefusalBody {
  if (error instanceof RefusedError) return error.refusal;
  if (isRefusalBody(error)) return error;
  return { code: 'client.unknown', details: {} };
}

function isRefusalBody(value: unknown): value is RefusalBody {
  return typeof value === 'object' && value !== null && 'code' in value && 'details' in value;
}
