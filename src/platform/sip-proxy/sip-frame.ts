import { accountOf, readAddress } from './sip-address.js';
import { headerValue, largestFrameBytes, readHead, type SipHead, type SipHeader } from './sip-head.js';

/** What the proxy has to know of a message; the rest is between phone and engine. */
export type SipFrame = { kind: 'keep-alive' } | SipResponse | SipRequest;

interface SipMessage {
  readonly callId: string;
  /** Of the request; of that which a response answers. */
  readonly method: string;
}
export interface SipResponse extends SipMessage {
  readonly kind: 'response';
  readonly status: number;
}
export interface SipRequest extends SipMessage {
  readonly kind: 'request';
  /** In whose name; undefined: nobody's that we know. */
  readonly account: string | undefined;
  /** It belongs to no dialog yet: it may begin one. */
  readonly begins: boolean;
  readonly headers: readonly SipHeader[];
}

const requestLine = /^([A-Z]{1,20}) (?:sips?|tel):[^\s<>"]{1,500} SIP\/2\.0$/;
const responseLine = /^SIP\/2\.0 ([1-6]\d\d) /;
const callIdValue = /^[\w.!%*+`'~()<>:/[\]?{}-]+(?:@[\w.!%*+`'~()<>:/[\]?{}-]+)?$/;
const cseqValue = /^\d{1,10}[ \t]+([A-Z]{1,20})$/;
const lengthValue = /^\d{1,5}$/;

/**
 * Reads a frame, which holds exactly one message; undefined when it is no SIP that a phone of ours would write. Whatever
 * two readers could take for different messages is refused, so that the engine reads what was judged here.
 */
export function readFrame(text: string): SipFrame | undefined {
  if (text.length > largestFrameBytes) return undefined;
  if (text === '\r\n\r\n' || text === '\r\n') return { kind: 'keep-alive' };
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? undefined : readHead(text.slice(0, end));
  if (!head || !endsWithBody(head, text.slice(end + 4))) return undefined;
  const callId = headerValue(head, 'call-id') ?? '';
  const method = cseqValue.exec(headerValue(head, 'cseq') ?? '')?.[1];
  const from = readAddress(headerValue(head, 'from') ?? '');
  const to = readAddress(headerValue(head, 'to') ?? '');
  if (!callIdValue.test(callId) || method === undefined || from?.tag === undefined || !to) return undefined;
  const status = responseLine.exec(head.first)?.[1];
  if (status !== undefined)
    return hasVia(head) ? { kind: 'response', status: Number(status), callId, method } : undefined;
  if (requestLine.exec(head.first)?.[1] !== method || !isPhones(head)) return undefined;
  const account = accountOf(from.uri);
  return { kind: 'request', method, callId, account, begins: to.tag === undefined, headers: head.headers };
}

/** The answer to a request that is not carried on. */
export function writeRefusal({ headers, begins }: SipRequest, status: string): string {
  const echoed = headers.filter(([name]) => ['via', 'from', 'to', 'call-id', 'cseq'].includes(name));
  const lines = echoed.map(([name, line]) => (name === 'to' && begins ? `${line};tag=refused` : line));
  return [`SIP/2.0 ${status}`, ...lines, 'Content-Length: 0', '', ''].join('\r\n');
}

/** The length is written by every phone of ours, and the engine splits by it: what came after would be a second message. */
function endsWithBody(head: SipHead, body: string): boolean {
  const length = headerValue(head, 'content-length') ?? '';
  return lengthValue.test(length) && Number(length) === Buffer.byteLength(body);
}

function hasVia(head: SipHead): boolean {
  return headerValue(head, 'via') !== undefined;
}

const viaOfPhone = /^SIP\/2\.0\/WSS? [^,]+$/;

/**
 * Written by the phone itself: one Via, which says that it came over a WebSocket (RFC 7118 §5.2; by that the engine knows
 * that it is not the trunk's, asterisk/pjsip.conf), and no route that only a proxy on the way would add: later messages
 * of the call would take it, to wherever it leads.
 */
function isPhones(head: SipHead): boolean {
  const count = (name: string) => head.headers.filter(([other]) => other === name).length;
  if (count('via') !== 1 || count('record-route') > 0 || count('path') > 0) return false;
  return viaOfPhone.test(headerValue(head, 'via') ?? '');
}
