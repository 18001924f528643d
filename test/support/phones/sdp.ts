/** What a phone offers: ordinary audio, µ-law before A-law, no session at all, a picture only, or audio on port 0. */
export type Offer = 'audio' | 'both-laws' | 'none' | 'never' | 'video-only' | 'audio-refused';
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** Writes a session description with A-law and keypad tones. */
export function writeSdp(
  address: string,
  port: number,
  version: number,
  options: { offer?: Offer; direction?: Direction } = {},
): string {
  const { offer = 'audio', direction = 'sendrecv' } = options;
  if (offer === 'none' || offer === 'never') return '';
  const head = ['v=0', `o=phone 1 ${version} IN IP4 ${address}`, 's=-', `c=IN IP4 ${address}`, 't=0 0'];
  if (offer === 'video-only')
    return `${[...head, `m=video ${port} RTP/AVP 96`, 'a=rtpmap:96 H264/90000', 'a=sendrecv'].join('\r\n')}\r\n`;
  const bothLaws = offer === 'both-laws';
  const lines = [
    ...head,
    `m=audio ${offer === 'audio-refused' ? 0 : port} RTP/AVP ${bothLaws ? '0 8' : '8'} 101`,
    ...(bothLaws ? ['a=rtpmap:0 PCMU/8000'] : []),
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:101 telephone-event/8000',
    'a=fmtp:101 0-16',
    'a=ptime:20',
    `a=${direction}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

/** Where the peer wants its audio; undefined when it takes none. */
export function readAudioTarget(sdp: string): { address: string; port: number } | undefined {
  const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
  const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1] ?? 0);
  return address && port > 0 ? { address, port } : undefined;
}

/** The audio codecs that a description names, the preferred first: `PCMA`. */
export function readCodecs(sdp: string): string[] {
  const payloads = /^m=audio \d+ \S+ ([\d ]+)/m.exec(sdp)?.[1]?.trim().split(/\s+/) ?? [];
  return payloads.flatMap((payload) => {
    const name = new RegExp(`^a=rtpmap:${payload} ([^/\\s]+)`, 'm').exec(sdp)?.[1];
    return name && name !== 'telephone-event' ? [name] : [];
  });
}
