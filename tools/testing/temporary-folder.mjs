import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @template T
 * @param {(folder: string) => T} work
 */
export function inTemporaryFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'sanling-compose-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
