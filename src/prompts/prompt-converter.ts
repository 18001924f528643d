import { Injectable } from '@nestjs/common';
import { Lanes } from '../kernel/lanes.js';
import type { Refusal } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import { type ConvertedPrompt, convertPrompt } from './convert.js';

/** Converts uploads one at a time: each takes some hundred megabytes and much of a processor while it lasts. */
@Injectable()
export class PromptConverter {
  private readonly lanes = new Lanes();

  constructor(private readonly config: Config) {}

  convert(file: Buffer): Promise<ConvertedPrompt | Refusal> {
    return this.lanes.run('converting', () => convertPrompt(file, this.config.prompts.longestMs));
  }
}
