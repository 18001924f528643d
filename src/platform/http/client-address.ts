import type { IncomingMessage } from 'node:http';

/** Whether the hop at this address, so many hops away, is believed about who it speaks for (Express' `trust proxy fn`). */
export type Trust = (address: string, hop: number) => boolean;

/** Who asks, as Express' `request.ip` has it, for requests that do not pass through Express. */
export function clientAddress(request: IncomingMessage, trusts: Trust): string {
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .reverse();
  const hops = [request.socket.remoteAddress ?? 'unknown', ...forwarded];
  const stranger = hops.findIndex((address, hop) => !trusts(address, hop));
  return unmapped(hops[stranger] ?? hops.at(-1) ?? 'unknown');
}

/** An IPv4 address that came over a socket for both kinds. */
function unmapped(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
