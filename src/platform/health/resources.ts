import { readdir, readFile, statfs } from 'node:fs/promises';

/** How much of something there is, in its own unit. */
export interface Usage {
  readonly used: number;
  readonly most: number;
}
export type Supply = 'up' | 'short' | 'down';

/** What is left against what should be: short from there on, and as good as gone at a quarter of it. */
export function supplyOf({ used, most }: Usage, reserve: number): Supply {
  const left = most - used;
  if (left >= reserve) return 'up';
  return left >= reserve / 4 ? 'short' : 'down';
}

/** This process' open files and sockets against what the system lets it have. Linux tells; others are taken to have enough. */
export async function descriptors(): Promise<Usage> {
  if (process.platform !== 'linux') return { used: 0, most: Number.MAX_SAFE_INTEGER };
  const [open, limits] = await Promise.all([readdir('/proc/self/fd'), readFile('/proc/self/limits', 'utf8')]);
  const soft = /^Max open files +(\d+)/m.exec(limits)?.[1];
  // "unlimited" is no figure.
  return { used: open.length, most: soft === undefined ? Number.MAX_SAFE_INTEGER : Number(soft) };
}

/** The disk that the folder is on, in bytes; what only the system's owner may fill counts as used. */
export async function diskOf(folder: string): Promise<Usage> {
  const { blocks, bavail, bsize } = await statfs(folder);
  return { used: (blocks - bavail) * bsize, most: blocks * bsize };
}
