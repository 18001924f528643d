import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Services } from '../../test/support/services.js';

const folders = ['recording', 'monitor'];

/** The files of recordings that lie in the exchange. */
export async function recordedFiles({ ASTERISK_SPOOL }: Services): Promise<string[]> {
  const paths = folders.map((folder) => join(ASTERISK_SPOOL, folder));
  const names = await Promise.all(paths.map((path) => readdir(path)));
  return paths.flatMap((path, index) => (names[index] ?? []).map((name) => join(path, name)));
}

/**
 * Removes what the benchmark recorded. No worker fetches it, and every API that connects later would look at each of
 * thousands of files again: tests in the same home would take minutes longer.
 */
export async function removeRecorded(services: Services, before: readonly string[]): Promise<void> {
  const kept = new Set(before);
  for (const path of await recordedFiles(services)) if (!kept.has(path)) await rm(path, { force: true });
}
