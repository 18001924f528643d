/** A From or To. The tag is a parameter of the header: whatever stands in the name or in the URI is none. */
export interface SipAddress {
  readonly uri: string;
  readonly tag: string | undefined;
}

/*
 * The pieces of `name-addr` and `addr-spec` (RFC 3261 §25.1), each matched once at the place where it must be. Every
 * repeated class excludes what follows it, so that none of them reads a stranger's line more than a few times.
 */
const space = /[ \t]*/y;
const quotedName = /"(?:[^"\\]|\\[\s\S])*"/y;
const plainName = /[\w.!%*+`'~ \t-]*/y;
const bracketed = /<([^<>" \t]+)>/y;
/** Without brackets a comma, question mark or semicolon would be the header's, not the URI's. */
const bare = /[^<>",;? \t]+/y;
const parameter =
  /[ \t]*;[ \t]*([\w.!%*+`'~-]+)(?:[ \t]*=[ \t]*([\w.!%*+`'~:[\]-]+|"(?:[^"\\]|\\[\s\S])*"))?/y;
const tagValue = /^[\w.!%*+`'~-]+$/;

/** Reads the value of a From or To; undefined when it is not written as the standard says. */
export function readAddress(value: string): SipAddress | undefined {
  const start = take(space, value, 0)?.end ?? 0;
  const inBrackets = readBracketed(value, start);
  const uri = inBrackets ?? take(bare, value, start);
  if (!uri) return undefined;
  const parameters = readParameters(value, uri.end);
  if (!parameters) return undefined;
  const tags = parameters.filter(([name]) => name === 'tag');
  const tag = tags[0]?.[1];
  if (tags.length > 1 || (tags.length === 1 && !tagValue.test(tag ?? ''))) return undefined;
  return { uri: uri.text, tag };
}

/** Neither escapes nor a password: our accounts have none, so a name with them is not ours. */
const ownUri = /^sips?:([\w.-]{1,80})@[\w.:[\]-]+(?:;[\w.;=:[\]-]*)?$/i;

/** The account that a URI names; undefined when it is none that we would have made. */
export function accountOf(uri: string): string | undefined {
  return ownUri.exec(uri)?.[1];
}

interface Piece {
  readonly text: string;
  readonly end: number;
}

function readBracketed(value: string, start: number): Piece | undefined {
  const quoted = take(quotedName, value, start);
  const name = quoted ? take(space, value, quoted.end) : take(plainName, value, start);
  return take(bracketed, value, name?.end ?? start);
}

function readParameters(value: string, start: number): [name: string, value: string][] | undefined {
  const found: [string, string][] = [];
  let end = start;
  for (;;) {
    parameter.lastIndex = end;
    const [whole, name, given = ''] = parameter.exec(value) ?? [];
    if (whole === undefined || name === undefined) break;
    found.push([name.toLowerCase(), given]);
    end += whole.length;
  }
  return take(space, value, end)?.end === value.length ? found : undefined;
}

/** What the pattern matches exactly there. */
function take(pattern: RegExp, value: string, at: number): Piece | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(value);
  return match ? { text: match[1] ?? match[0], end: at + match[0].length } : undefined;
}
