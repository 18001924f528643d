/** A SIP message as a phone sees it. Header names are kept in lower case; repeated headers keep their order. */
export interface SipMessage {
  /** Set on requests. */
  method?: string;
  uri?: string;
  /** Set on responses. */
  status?: number;
  reason?: string;
  headers: readonly SipHeader[];
  body: string;
}

export type SipHeader = readonly [name: string, value: string];

/** Short header names that peers may use (RFC 3261 7.3.3). */
const compact: Readonly<Record<string, string>> = {
  v: 'via',
  f: 'from',
  t: 'to',
  i: 'call-id',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
};

/** Reads one datagram; undefined when it is not SIP (a keep-alive, say). */
export function parseSip(text: string): SipMessage | undefined {
  const split = text.indexOf('\r\n\r\n');
  const lines = (split < 0 ? text : text.slice(0, split)).split('\r\n');
  const first = lines[0] ?? '';
  const headers = lines.slice(1).flatMap((line): SipHeader[] => {
    const colon = line.indexOf(':');
    if (colon < 1) return [];
    const name = line.slice(0, colon).trim().toLowerCase();
    return [[compact[name] ?? name, line.slice(colon + 1).trim()]];
  });
  const body = split < 0 ? '' : text.slice(split + 4);
  const response = /^SIP\/2\.0 (\d{3}) (.*)$/.exec(first);
  if (response) return { status: Number(response[1]), reason: response[2] ?? '', headers, body };
  const request = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(first);
  return request ? { method: request[1] ?? '', uri: request[2] ?? '', headers, body } : undefined;
}

/** Writes a message with its length. */
export function formatSip(message: SipMessage): string {
  const first =
    message.status === undefined
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason ?? ''}`;
  const lines = message.headers
    .filter(([name]) => name !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  return [first, ...lines, `content-length: ${Buffer.byteLength(message.body)}`, '', message.body].join(
    '\r\n',
  );
}

/** First value of a header, or an empty string. */
export function headerOf(message: SipMessage, name: string): string {
  return message.headers.find(([key]) => key === name)?.[1] ?? '';
}

/** All values of a header, in order. */
export function headersOf(message: SipMessage, name: string): string[] {
  return message.headers.filter(([key]) => key === name).map(([, value]) => value);
}

/** The tag parameter of a From or To. */
export function tagOf(value: string): string {
  return /;tag=([^;\s>]+)/.exec(value)?.[1] ?? '';
}

/** The address inside <>, or the whole value without parameters. */
export function uriOf(value: string): string {
  return /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';
}

/** The number or user of an address. */
export function userOf(value: string): string {
  return /sips?:([^@;>]+)@/.exec(value)?.[1] ?? '';
}
