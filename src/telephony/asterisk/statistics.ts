import type { LegStatistics } from '../port/engine.js';
import { type AriClient, ariPath } from './ari-client.js';
import { type AriRtpStatistics, ariRtpStatisticsSchema } from './ari-schema.js';
import { legGone } from './gone.js';

/** How the leg's audio fares; undefined when it has gone or has none yet. */
export async function statisticsOf(ari: AriClient, legId: string): Promise<LegStatistics | undefined> {
  const path = ariPath('channels', legId, 'rtp_statistics');
  const response = await ari.command({ method: 'GET', path }, legGone);
  return response.status < 300 ? inOurWords(ariRtpStatisticsSchema.parse(response.body)) : undefined;
}

/** Asterisk counts times in seconds, and losses in packets beside those that came. */
export function inOurWords(statistics: AriRtpStatistics): LegStatistics {
  const { rxcount, txcount, rxploss, txploss, rxjitter, txjitter, rtt } = statistics;
  return {
    packetsIn: rxcount,
    packetsOut: txcount,
    lossShareIn: share(rxploss, rxcount + rxploss),
    lossShareOut: share(txploss, txcount),
    // Seen: `txjitter` is that of the packets which Asterisk receives, `rxjitter` what the other side reports.
    jitterInMs: txjitter * 1_000,
    jitterOutMs: rxjitter * 1_000,
    ...(rtt > 0 ? { roundTripMs: rtt * 1_000 } : {}),
  };
}

/** A late packet was counted as lost before it came, so the difference can be below nothing. */
function share(lost: number, of: number): number {
  return of > 0 ? Math.min(1, Math.max(0, lost / of)) : 0;
}
