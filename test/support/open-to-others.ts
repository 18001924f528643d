import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Everything below the folder that another user of the machine could read or change, with its mode. */
export function openToOthers(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    const status = lstatSync(path, { throwIfNoEntry: false });
    // Servers remove files of theirs at any moment.
    if (!status) return [];
    // To pass through a folder is not to read it.
    const own =
      status.mode & (status.isDirectory() ? 0o066 : 0o077)
        ? [`${path} ${(status.mode & 0o777).toString(8)}`]
        : [];
    return status.isDirectory() ? [...own, ...openToOthers(path)] : own;
  });
}
