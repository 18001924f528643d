/** What the proxy has to know of a softphone's frame; the rest is between phone and engine. */
export type SipFrame =
  | { kind: 'keep-alive' }
  | { kind: 'response' }
  | {
      kind: 'request';
      method: string;
      account: string;
      withinDialog: boolean;
      headers: readonly SipHeader[];
    };
type SipHeader = readonly [name: string, line: string];

const requestLine = /^([A-Z]{1,20}) (?:sips?|tel):\S{1,500} SIP\/2\.0$/;
const responseLine = /^SIP\/2\.0 [1-6]\d\d [^\r\n]*$/;
/** Without these no request can be answered. */
const needed = ['via', 'from', 'to', 'call-id', 'cseq'] as const;
const compact: Readonly<Record<string, string>> = { v: 'via', f: 'from', t: 'to', i: 'call-id' };
const mostHeaders = 100;

/** Reads a frame; undefined when it is no SIP that a phone of ours would write. */
export function readFrame(text: string): SipFrame | undefined {
  if (/^(\r\n)+$/.test(text)) return { kind: 'keep-alive' };
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = readHeaders(lines);
  if (!headers) return undefined;
  if (responseLine.test(first)) return { kind: 'response' };
  const method = requestLine.exec(first)?.[1];
  if (method === undefined) return undefined;
  return {
    kind: 'request',
    method,
    account: /<?sips?:([^@;>\s]*)@/i.exec(valueOfHeader(headers, 'from'))?.[1] ?? '',
    withinDialog: /;\s*tag=/i.test(valueOfHeader(headers, 'to')),
    headers,
  };
}

/** The answer to a request that is not carried on. */
export function writeRefusal(headers: readonly SipHeader[], status: string): string {
  const echoed = headers.filter(([name]) => (needed as readonly string[]).includes(name));
  const lines = echoed.map(([name, line]) =>
    name === 'to' && !/;\s*tag=/i.test(line) ? `${line};tag=refused` : line,
  );
  return [`SIP/2.0 ${status}`, ...lines, 'Content-Length: 0', '', ''].join('\r\n');
}

function readHeaders(lines: readonly string[]): SipHeader[] | undefined {
  if (lines.length > mostHeaders) return undefined;
  const headers: SipHeader[] = [];
  for (const line of lines) {
    const name = /^([A-Za-z0-9-]+)[ \t]*:/.exec(line)?.[1]?.toLowerCase();
    // A line break within a header's value is allowed by the standard and written by none of our phones.
    if (name === undefined || line.includes('\0')) return undefined;
    headers.push([compact[name] ?? name, line]);
  }
  const once = needed.every((name) => {
    const count = headers.filter(([other]) => other === name).length;
    return name === 'via' ? count >= 1 : count === 1;
  });
  return once ? headers : undefined;
}

function valueOfHeader(headers: readonly SipHeader[], name: string): string {
  const line = headers.find(([other]) => other === name)?.[1] ?? '';
  return line.slice(line.indexOf(':') + 1);
}
