import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleRateOf } from './wav-header.js';

/** Asterisk finds a sound by its name without the ending, which tells it the rate. */
const endings: Readonly<Record<number, string>> = { 8000: 'wav', 16000: 'wav16' };

/** Asterisk's folder of sounds, for those that are brought to it. ARI can list sounds but takes none in. */
export class SoundLibrary {
  constructor(private readonly folder: string) {}

  /** True when the sound can be played. */
  async has(sound: string): Promise<boolean> {
    const found = await Promise.all(this.paths(sound).map(exists));
    return found.includes(true);
  }

  /** Takes the sound in. It appears whole: a call may ask for it at any moment. */
  async provide(sound: string, wav: Buffer): Promise<void> {
    const rate = sampleRateOf(wav);
    const ending = endings[rate];
    if (!ending) throw new Error(`Asterisk plays no WAV of ${rate} Hz`);
    // Made anew, a mistyped folder would take in sounds that nobody plays.
    if (!(await exists(this.folder))) throw new Error(`Asterisk's sounds folder ${this.folder} is not there`);
    const path = join(this.folder, `${checkSound(sound)}.${ending}`);
    await mkdir(dirname(path), { recursive: true });
    // Several nodes may share the folder.
    const half = `${path}.${randomUUID()}.part`;
    await writeFile(half, wav);
    await rename(half, path);
  }

  /** Takes the sound out. A call that plays it has it open, and hears it to its end. */
  async remove(sound: string): Promise<void> {
    for (const path of this.paths(sound)) await rm(path, { force: true });
  }

  private paths(sound: string): string[] {
    return Object.values(endings).map((ending) => join(this.folder, `${checkSound(sound)}.${ending}`));
  }
}

/** Names of sounds are put into paths and media addresses. Whoever hands in anything else has a bug, so it throws. */
export function checkSound(sound: string): string {
  if (!/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/.test(sound))
    throw new Error(`not the name of a sound: ${sound}`);
  return sound;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
