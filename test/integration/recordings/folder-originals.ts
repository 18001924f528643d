import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OriginalRecordings } from '../../../src/recordings/ingest/original-recordings.js';
import type { RecordingFiles } from '../../../src/telephony/port/engine.js';
import { wavFile } from '../../builders/tone-wav.js';

/** An engine's recordings in a folder, which outlive the worker. Each removal leaves its trace. */
export class FolderOriginals extends OriginalRecordings {
  constructor(private readonly folder: string) {
    super();
  }

  async put(recordingId: string, customer: Int16Array, agent: Int16Array, sampleRate = 8_000): Promise<void> {
    await writeFile(this.path(recordingId, 'customer'), wavFile(customer, sampleRate));
    await writeFile(this.path(recordingId, 'agent'), wavFile(agent, sampleRate));
  }

  async fetchRecording(recordingId: string): Promise<RecordingFiles> {
    const [customer, agent] = [this.path(recordingId, 'customer'), this.path(recordingId, 'agent')];
    await Promise.all([access(customer), access(agent)]);
    return { customer: createReadStream(customer), agent: createReadStream(agent) };
  }

  /** Removed and counted in one step: a worker killed in between would be counted again by the one after it. */
  async deleteRecording(recordingId: string): Promise<void> {
    if (!(await this.has(recordingId))) return;
    await rm(this.path(recordingId, 'agent'), { force: true });
    await rename(
      this.path(recordingId, 'customer'),
      join(this.folder, `${recordingId}.removed.${randomUUID()}`),
    );
  }

  async has(recordingId: string): Promise<boolean> {
    try {
      await access(this.path(recordingId, 'customer'));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }

  /** How often the recording was really removed. */
  async removals(recordingId: string): Promise<number> {
    const traces = await readdir(this.folder);
    return traces.filter((name) => name.startsWith(`${recordingId}.removed.`)).length;
  }

  private path(recordingId: string, side: 'customer' | 'agent'): string {
    return join(this.folder, `${recordingId}.${side}.wav`);
  }
}
