import type { IncomingMessage } from 'node:http';

const keyOf16Bytes = /^[A-Za-z0-9+/]{22}==$/;
const word = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
const mostProtocols = 10;

/**
 * Whether this is the opening of a WebSocket as RFC 6455, section 4.2.1, wants it. Asked before anything is done for it:
 * the library that completes the handshake looks at it only then.
 */
export function isHandshake(request: IncomingMessage): boolean {
  const { upgrade, 'sec-websocket-key': key, 'sec-websocket-version': version } = request.headers;
  return (
    request.method === 'GET' &&
    upgrade?.toLowerCase() === 'websocket' &&
    version === '13' &&
    keyOf16Bytes.test(key ?? '') &&
    offeredProtocols(request) !== undefined
  );
}

/** The subprotocols that are offered; undefined when they are no list of different words. */
export function offeredProtocols({ headers }: IncomingMessage): readonly string[] | undefined {
  const offer = headers['sec-websocket-protocol'];
  if (offer === undefined) return [];
  const words = offer.split(',', mostProtocols + 1).map((one) => one.trim());
  const fits = words.length <= mostProtocols && new Set(words).size === words.length;
  return fits && words.every((one) => word.test(one)) ? words : undefined;
}
