/** The target of a request: what stands between its method and its version. */
export interface RequestTarget {
  /** As it was sent: not decoded, but it can be. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** Ours are far shorter. */
const longest = 4_096;
/** Origin-form (RFC 9112, section 3.2.1), without what a URL parser would take for a host, a fragment or nothing at all. */
const originForm = /^\/(?![/\\])[!-~]*$/;

/**
 * Reads a target, and is the only place that does: undefined when it is none that a browser would send to a server that
 * is no proxy. What passes can be decoded by whoever comes after, and names a path here and nothing else.
 */
export function readTarget(target: string | undefined): RequestTarget | undefined {
  if (target === undefined || target.length > longest || !originForm.test(target)) return undefined;
  if (/[\\#]/.test(target)) return undefined;
  const end = target.indexOf('?');
  const path = end < 0 ? target : target.slice(0, end);
  if (!isDecodable(path)) return undefined;
  return { path, query: new URLSearchParams(end < 0 ? '' : target.slice(end + 1)) };
}

function isDecodable(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}
