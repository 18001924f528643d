import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type ByteRange, type PendingObject, RecordingStore } from './recording-store.js';

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Recordings as files under one folder, readable by the product's own user only. */
export class FileRecordingStore extends RecordingStore {
  constructor(private readonly root: string) {
    super();
  }

  async begin(key: string): Promise<PendingObject> {
    const path = this.pathOf(key);
    await this.makeFolder(dirname(path));
    const partial = `${path}.partial`;
    // A new file, not the old one emptied: an interrupted writer that still lives cannot write into ours.
    await rm(partial, { force: true });
    return new PendingFile(await open(partial, 'wx', 0o600), partial, path);
  }

  async size(key: string): Promise<number | null> {
    try {
      return (await stat(this.pathOf(key))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    // Opened first, so that a missing file is told here and not as an error of a stream already handed out.
    const file = await open(this.pathOf(key), 'r');
    return createReadStream('', { fd: file, start: range?.from, end: range?.to });
  }

  private pathOf(key: string): string {
    const path = resolve(this.root, key);
    if (relative(this.root, path).startsWith('..')) throw new Error(`key outside the store: ${key}`);
    return path;
  }

  private async makeFolder(folder: string): Promise<void> {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if (!made) return;
    // The new folders' names must be durable too, or a power cut loses the file with its folder.
    for (let at = folder; at.length >= dirname(made).length && at !== dirname(at); at = dirname(at)) {
      await syncFolder(at);
    }
  }
}

class PendingFile implements PendingObject {
  constructor(
    private readonly file: FileHandle,
    private readonly partial: string,
    private readonly path: string,
  ) {}

  async write(chunk: Uint8Array): Promise<void> {
    await this.file.writeFile(chunk);
  }

  async commit(): Promise<void> {
    await this.file.sync();
    await this.file.close();
    await rename(this.partial, this.path);
    await syncFolder(join(this.path, '..'));
  }

  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.partial, { force: true });
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
