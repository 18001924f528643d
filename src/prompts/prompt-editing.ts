import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, Not, Raw } from 'typeorm';
import type { PromptSummary, PromptWish } from '../contracts/prompt.js';
import type { AuditAction } from '../contracts/rest.js';
import { Audit } from '../identity/audit.js';
import { type Actor, denyUnless } from '../kernel/actor.js';
import { Clock } from '../kernel/clock.js';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal.js';
import { advisoryLocks } from '../platform/database/advisory-locks.js';
import type { Db } from '../platform/database/db.js';
import { type PromptRow, promptAudioEntity, promptEntity } from './prompt.entity.js';
import { PromptConverter } from './prompt-converter.js';
import { PromptSounds } from './prompt-sounds.js';
import { Prompts, soundName, summaryOf } from './prompts.js';

/** An audio file as somebody sent it. */
export interface UploadedAudio {
  content: Buffer;
  fileName: string;
}

/** The supervisor's work on the house's announcements. */
@Injectable()
export class PromptEditing {
  constructor(
    private readonly source: DataSource,
    private readonly prompts: Prompts,
    private readonly converter: PromptConverter,
    private readonly sounds: PromptSounds,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** A new prompt. */
  async upload(actor: Actor, wish: PromptWish, file: UploadedAudio): Promise<PromptSummary | Refusal> {
    const denied = denyUnless(actor, 'flows.write');
    if (denied) return denied;
    // Before the long work; it is looked at again when the prompt is written.
    const taken = await nameTaken(this.source.manager, wish.name);
    if (taken) return taken;
    return this.keep(
      actor,
      file,
      'prompt.uploaded',
      async (db) => (await nameTaken(db, wish.name)) ?? { id: randomUUID(), ...wish },
    );
  }

  /** Another recording of the same announcement: whatever plays it plays the new one from now on. */
  async replace(actor: Actor, id: string, file: UploadedAudio): Promise<PromptSummary | Refusal> {
    const denied = denyUnless(actor, 'flows.write');
    if (denied) return denied;
    return this.keep(
      actor,
      file,
      'prompt.replaced',
      async (db) => (await db.getRepository(promptEntity).findOneBy({ id })) ?? notFound(id),
    );
  }

  /** Another name or other words for what is said. */
  async rename(actor: Actor, id: string, wish: PromptWish): Promise<PromptSummary | Refusal> {
    const denied = denyUnless(actor, 'flows.write');
    if (denied) return denied;
    return this.alone(async (db) => {
      const row = await db.getRepository(promptEntity).findOneBy({ id });
      if (!row) return notFound(id);
      const taken = await nameTaken(db, wish.name, id);
      if (taken) return taken;
      const changed = { ...row, ...wish, ...this.change(actor) };
      await db.getRepository(promptEntity).save(changed);
      await this.audit.write(actor, 'prompt.renamed', `prompt:${id}`, { ...wish }, db);
      return summaryOf(changed);
    });
  }

  /** Removes a prompt that nothing plays. */
  async remove(actor: Actor, id: string): Promise<Refusal | null> {
    const denied = denyUnless(actor, 'flows.write');
    if (denied) return denied;
    const removed = await this.alone(async (db) => {
      const row = await db.getRepository(promptEntity).findOneBy({ id });
      if (!row) return notFound(id);
      const uses = await this.prompts.usesOf(id);
      if (uses.length > 0) return refuse('prompt.in-use', { uses });
      await db.getRepository(promptEntity).delete({ id });
      await this.audit.write(actor, 'prompt.removed', `prompt:${id}`, { name: row.name }, db);
      return row;
    });
    if (isRefusal(removed)) return removed;
    await this.sounds.drop(soundName(removed));
    return null;
  }

  /** Converts the file and writes it to the prompt that `promptOf` says; the engine has it before the answer. */
  private async keep(
    actor: Actor,
    file: UploadedAudio,
    action: AuditAction,
    promptOf: (db: Db) => Promise<(PromptWish & { id: string; sha256?: string }) | Refusal>,
  ): Promise<PromptSummary | Refusal> {
    const converted = await this.converter.convert(file.content);
    if (isRefusal(converted)) return converted;
    const { wav, format, durationMs } = converted;
    const sha256 = createHash('sha256').update(wav).digest('hex');
    const kept = await this.alone(async (db) => {
      const before = await promptOf(db);
      if (isRefusal(before)) return before;
      const { id, name, zh, en } = before;
      const { fileName } = file;
      const row = { id, name, zh, en, durationMs, format, fileName, sha256, ...this.change(actor) };
      await db.getRepository(promptEntity).save(row);
      await db
        .getRepository(promptAudioEntity)
        .save({ promptId: id, original: file.content, converted: wav });
      await this.audit.write(actor, action, `prompt:${id}`, { name, fileName, sha256 }, db);
      return {
        row,
        replaced: before.sha256 === undefined ? undefined : soundName({ id, sha256: before.sha256 }),
      };
    });
    if (isRefusal(kept)) return kept;
    const sound = soundName(kept.row);
    await this.sounds.bring(sound, wav);
    if (kept.replaced && kept.replaced !== sound) await this.sounds.drop(kept.replaced);
    return summaryOf(kept.row);
  }

  /** One change at a time, so that a name is given once. */
  private alone<T>(work: (db: Db) => Promise<T>): Promise<T> {
    return this.source.transaction(async (db) => {
      await db.query('select pg_advisory_xact_lock($1)', [advisoryLocks.prompts]);
      return work(db);
    });
  }

  private change(actor: Actor): Pick<PromptRow, 'changedAt' | 'changedBy'> {
    return { changedAt: new Date(this.clock.now()), changedBy: actor.login };
  }
}

function notFound(promptId: string): Refusal {
  return refuse('prompt.not-found', { promptId });
}

/** A refusal when another prompt has this name. */
async function nameTaken(db: Db, name: string, except?: string): Promise<Refusal | undefined> {
  const same = Raw((column) => `lower(${column}) = lower(:name)`, { name });
  const other = await db
    .getRepository(promptEntity)
    .findOneBy({ name: same, ...(except === undefined ? {} : { id: Not(except) }) });
  return other ? refuse('prompt.name-taken', { name: other.name }) : undefined;
}
