import type { LegStatistics } from '../port/engine.js';
import type { AriClient } from './ari-client.js';
import { ariPath } from './ari-request.js';
import { type AriRtpStatistics, ariRtpStatisticsSchema, ariVariableSchema } from './ari-schema.js';
import { legGone } from './gone.js';

/** How the leg's audio fares; undefined when it has gone or has none yet. */
export async function statisticsOf(ari: AriClient, legId: string): Promise<LegStatistics | undefined> {
  const path = ariPath('channels', legId, 'rtp_statistics');
  const response = await ari.command({ method: 'GET', path }, legGone);
  return response.status < 300 ? inOurWords(ariRtpStatisticsSchema.parse(response.body)) : undefined;
}

/** The codec that was agreed with the leg's phone; undefined when the leg has gone or has none. */
export async function codecOf(ari: AriClient, legId: string): Promise<string | undefined> {
  const path = ariPath('channels', legId, 'variable');
  const query = { variable: 'CHANNEL(audionativeformat)' };
  const response = await ari.command({ method: 'GET', path, query }, legGone);
  return response.status < 300 ? sdpName(ariVariableSchema.parse(response.body).value) : undefined;
}

const sdpNames: Readonly<Record<string, string>> = { alaw: 'PCMA', ulaw: 'PCMU' };

/** `(alaw)`, or `(alaw|ulaw)` with the one in use first; `(nothing)` before anything was agreed. */
export function sdpName(formats: string): string | undefined {
  const first = /^\(([a-z0-9]+)/i.exec(formats)?.[1];
  return first === undefined || first === 'nothing' ? undefined : (sdpNames[first] ?? first);
}

/** With each report (RTCP) that Asterisk sends; `rtcpinterval` in rtp.conf is not changed. */
const countsEveryMs = 5_000;

/** Asterisk counts times in seconds, and losses in packets beside those that came. */
export function inOurWords(statistics: AriRtpStatistics): LegStatistics {
  const { rxcount, txcount, rxploss, txploss, rxjitter, txjitter, rtt, local_normdevrxploss } = statistics;
  return {
    packetsIn: rxcount,
    packetsOut: txcount,
    lossShareIn: share(rxploss, rxcount + rxploss),
    lossShareOut: share(txploss, txcount),
    // Seen: `txjitter` is that of the packets which Asterisk receives, `rxjitter` what the other side reports.
    jitterInMs: txjitter * 1_000,
    jitterOutMs: rxjitter * 1_000,
    ...(rtt > 0 ? { roundTripMs: rtt * 1_000 } : {}),
    // Seen: `local_normdevrxploss` is the mean loss of a count, so it tells how many counts there were.
    ...(rxploss > 0 && local_normdevrxploss > 0
      ? { lossCounts: { times: Math.round(rxploss / local_normdevrxploss), everyMs: countsEveryMs } }
      : {}),
  };
}

/** A late packet was counted as lost before it came, so the difference can be below nothing. */
function share(lost: number, of: number): number {
  return of > 0 ? Math.min(1, Math.max(0, lost / of)) : 0;
}
