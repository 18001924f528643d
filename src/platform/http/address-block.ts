import { isIPv6 } from 'node:net';

/**
 * What an address counts as where strangers are counted: itself, or for IPv6 the /64 that it is in, since whoever has one
 * of those has all of it.
 */
export function addressBlock(address: string): string {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  // An IPv4 address at the end stands for two groups, and is never among the first four after an empty head.
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const length = before.length + after.length + (bare.includes('.') ? 1 : 0);
  const missing = tail === undefined ? 0 : 8 - length;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
