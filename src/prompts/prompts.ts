import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PromptSummary, PromptUse } from '../contracts/prompt.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { type PromptRow, promptAudioEntity, promptEntity } from './prompt.entity.js';

/** Says where a prompt is in use. */
export type PromptUses = (promptId: string) => Promise<PromptUse[]>;

/** The house's own announcements, for whoever plays them to callers and for who reads the list. */
@Injectable()
export class Prompts {
  private readonly users: PromptUses[] = [];

  constructor(private readonly source: DataSource) {}

  /** The name under which the engine plays the prompt; undefined when there is none (any more). */
  async soundOf(promptId: string): Promise<string | undefined> {
    const row = await this.source.getRepository(promptEntity).findOneBy({ id: promptId });
    return row ? soundName(row) : undefined;
  }

  /** Every prompt by name. */
  async all(): Promise<PromptSummary[]> {
    const rows = await this.source.getRepository(promptEntity).find({ order: { name: 'asc' } });
    return rows.map(summaryOf);
  }

  /** A room that plays prompts says from now on where; a prompt in use cannot be deleted. */
  usedBy(uses: PromptUses): void {
    this.users.push(uses);
  }

  /** Where the prompt is in use. */
  async usesOf(promptId: string): Promise<PromptUse[]> {
    return (await Promise.all(this.users.map((uses) => uses(promptId)))).flat();
  }

  async list(actor: Actor): Promise<PromptSummary[] | Refusal> {
    return denyUnless(actor, 'flows.read') ?? (await this.all());
  }

  /** The prompt as callers hear it, a WAV file. */
  async audio(actor: Actor, promptId: string): Promise<Buffer | Refusal> {
    const denied = denyUnless(actor, 'flows.read');
    if (denied) return denied;
    const row = await this.source.getRepository(promptAudioEntity).findOneBy({ promptId });
    return row?.converted ?? refuse('prompt.not-found', { promptId });
  }
}

/** A replaced prompt is another sound, so that no engine goes on playing the old one. */
export function soundName({ id, sha256 }: Pick<PromptRow, 'id' | 'sha256'>): string {
  return `uploaded/${id}-${sha256.slice(0, 8)}`;
}

export function summaryOf({ zh, en, changedAt, sha256: _, ...row }: PromptRow): PromptSummary {
  return { ...row, text: { zh, en }, changedAt: changedAt.toISOString() };
}
