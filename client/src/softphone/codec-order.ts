/** Opus first, then what a trunk speaks: A-law (China), µ-law. */
const wanted = ['opus', 'pcma', 'pcmu'];

/** The same session description with the audio codecs we like in front; nothing is taken away. */
export function preferCodecs(sdp: string): string {
  const names = new Map<string, string>();
  for (const [, payload, name] of sdp.matchAll(/^a=rtpmap:(\d+) ([^/\r\n]+)/gm))
    if (payload && name) names.set(payload, name.toLowerCase());
  return sdp.replace(/^(m=audio \S+ \S+) ([\d ]+)/gm, (_line, head: string, payloads: string) => {
    const rank = (payload: string): number => {
      const place = wanted.indexOf(names.get(payload) ?? '');
      return place < 0 ? wanted.length : place;
    };
    const order = payloads.trim().split(/\s+/);
    return `${head} ${order.toSorted((a, b) => rank(a) - rank(b)).join(' ')}`;
  });
}
