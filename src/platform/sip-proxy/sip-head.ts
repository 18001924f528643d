export type SipHeader = readonly [name: string, line: string];

export interface SipHead {
  readonly first: string;
  readonly headers: readonly SipHeader[];
}

/** Of a softphone's message; one with the session description of a browser on many networks has about 6 kB. */
export const largestFrameBytes = 16 * 1024;
const longestLine = 4 * 1024;
const mostHeaders = 64;

/** What ends a line for one reader and not for another, or a text for one written in C. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a stranger's bytes may have them
const control = /[\0-\x08\x0a-\x1f\x7f]/;

/** RFC 3261 §7.3.3 and the extensions that Asterisk knows. */
const compact: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

/** Of two of these one reader would take the first, another the last. */
const single = new Set([
  'from',
  'to',
  'call-id',
  'cseq',
  'contact',
  'content-length',
  'content-type',
  'content-encoding',
  'max-forwards',
  'expires',
  'session-expires',
  'authorization',
  'proxy-authorization',
]);

/**
 * Reads what comes before the body. Lines end with CR LF and nothing else; a header's value is one line (the standard
 * lets it go on in the next, and none of our phones writes that); what may be there once is there once.
 */
export function readHead(text: string): SipHead | undefined {
  const [first = '', ...lines] = text.split('\r\n');
  if (lines.length > mostHeaders || !isPlain(first)) return undefined;
  const headers: SipHeader[] = [];
  const seen = new Set<string>();
  for (const line of lines) {
    const written = isPlain(line) ? /^([A-Za-z0-9-]+)[ \t]*:/.exec(line)?.[1]?.toLowerCase() : undefined;
    if (written === undefined) return undefined;
    const name = compact[written] ?? written;
    if (single.has(name) && seen.has(name)) return undefined;
    seen.add(name);
    headers.push([name, line]);
  }
  return { first, headers };
}

/** A header's value without the space around it; undefined: there is no such header. */
export function headerValue({ headers }: SipHead, name: string): string | undefined {
  const line = headers.find(([other]) => other === name)?.[1];
  return line && withoutSpace(line, line.indexOf(':') + 1);
}

/** Of the standard's own space only: what else a language takes for space belongs to the value. */
function withoutSpace(line: string, from: number): string {
  const isSpace = (at: number) => line[at] === ' ' || line[at] === '\t';
  let [start, end] = [from, line.length];
  while (start < end && isSpace(start)) start += 1;
  while (end > start && isSpace(end - 1)) end -= 1;
  return line.slice(start, end);
}

function isPlain(line: string): boolean {
  return line.length <= longestLine && !control.test(line);
}
