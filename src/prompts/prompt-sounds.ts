import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { TelephonyEngine } from '../telephony/port/engine.js';
import { promptAudioEntity, promptEntity } from './prompt.entity.js';
import { soundName } from './prompts.js';

/** Brings the prompts to the engine: each when it is uploaded, and those that it misses when it is connected. */
@Injectable()
export class PromptSounds implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger(PromptSounds.name);
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly source: DataSource,
    private readonly engine: TelephonyEngine,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = this.engine.onEvent(({ kind }) => {
      if (kind === 'engine.connected') void this.guard('bringing the prompts', this.bringMissing());
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe();
  }

  /** Brings one prompt. A failure is logged and not told: the prompt is kept, and brought when the engine connects again. */
  bring(sound: string, wav: Buffer): Promise<void> {
    return this.guard(`bringing ${sound}`, this.engine.provideSound(sound, wav));
  }

  /** Takes a sound away that nobody will ask for any more. */
  drop(sound: string): Promise<void> {
    return this.guard(`removing ${sound}`, this.engine.removeSound(sound));
  }

  private async bringMissing(): Promise<void> {
    for (const row of await this.source.getRepository(promptEntity).find()) {
      const sound = soundName(row);
      if (await this.engine.hasSound(sound)) continue;
      const audio = await this.source.getRepository(promptAudioEntity).findOneBy({ promptId: row.id });
      if (audio) await this.bring(sound, audio.converted);
    }
  }

  private async guard(what: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.logger.error({ msg: `${what} to or from the engine failed`, err: error });
    }
  }
}
