import { EntitySchema } from 'typeorm';
import type { AudioFormat } from '../contracts/prompt.js';

export interface PromptRow {
  id: string;
  name: string;
  zh: string;
  en: string;
  durationMs: number;
  format: AudioFormat;
  fileName: string;
  /** Of the converted audio: part of the sound's name at the engine, so that a replaced one is another sound. */
  sha256: string;
  changedAt: Date;
  changedBy: string;
}

export const promptEntity = new EntitySchema<PromptRow>({
  name: 'prompt',
  tableName: 'prompts',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    zh: { type: 'text' },
    en: { type: 'text' },
    durationMs: { type: 'integer', name: 'duration_ms' },
    format: { type: 'text' },
    fileName: { type: 'text', name: 'file_name' },
    sha256: { type: 'text' },
    changedAt: { type: 'timestamptz', name: 'changed_at' },
    changedBy: { type: 'text', name: 'changed_by' },
  },
});

export interface PromptAudioRow {
  promptId: string;
  /** As it was uploaded. */
  original: Buffer;
  /** As the engine plays it. */
  converted: Buffer;
}

export const promptAudioEntity = new EntitySchema<PromptAudioRow>({
  name: 'prompt-audio',
  tableName: 'prompt_audio',
  columns: {
    promptId: { type: 'uuid', primary: true, name: 'prompt_id' },
    original: { type: 'bytea' },
    converted: { type: 'bytea' },
  },
});
