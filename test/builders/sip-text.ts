/** What differs from what a phone of `me` would write; `null` leaves a header out. */
export interface SipText {
  via?: string | null;
  from?: string | null;
  to?: string | null;
  callId?: string | null;
  cseq?: string | null;
  length?: string | null;
  more?: readonly string[];
  body?: string;
  uri?: string;
}

/** A softphone's request as it goes over its WebSocket. */
export function sipText(method: string, given: SipText = {}): string {
  const { body = '', uri = 'sip:8000@sanling', more = [] } = given;
  const usual = {
    via: 'Via: SIP/2.0/WS x.invalid;branch=z9hG4bK1',
    from: 'From: "Me" <sip:me@sanling>;tag=a',
    to: 'To: <sip:8000@sanling>',
    callId: 'Call-ID: 1',
    cseq: `CSeq: 1 ${method}`,
    length: `Content-Length: ${Buffer.byteLength(body)}`,
  };
  const { via, from, to, callId, cseq, length } = { ...usual, ...given };
  const headers = [via, from, to, callId, cseq, ...more, length].filter((line) => line !== null);
  return `${method} ${uri} SIP/2.0\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
}

/** An answer, of whichever side. */
export function sipAnswer(status: number, method: string, given: SipText = {}): string {
  return sipText(method, { to: 'To: <sip:8000@sanling>;tag=b', ...given }).replace(
    /^.*\r\n/,
    `SIP/2.0 ${status} Said\r\n`,
  );
}
