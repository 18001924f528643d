import { once } from 'node:events';
import { extname } from 'node:path';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { RefusalCode } from '../contracts/refusal.js';
import { Lanes } from '../kernel/lanes.js';
import { type Refusal, refuse } from '../kernel/refusal.js';
import { Config } from '../platform/config/config.js';
import type { ConversionAnswer, ConversionWish } from './conversion-thread.js';
import type { ConvertedPrompt } from './convert.js';

/** The same ending as this file's, which differs between the source and what is built of it. */
const program = new URL(`./conversion-thread${extname(import.meta.url)}`, import.meta.url);
/** Each waits with its file in memory. */
const mostAtOnce = 4;

/** Converts uploads one after the other in a thread of their own: calls are controlled by the same process. */
@Injectable()
export class PromptConverter implements OnModuleDestroy {
  private readonly logger = new Logger(PromptConverter.name);
  /** The longest announcement of all takes a few seconds. */
  protected readonly patienceMs: number = 60_000;
  /** Of scripts; audio is bounded by what is kept of it (`decode-audio.ts`). */
  protected readonly resourceLimits: ResourceLimits = {
    maxOldGenerationSizeMb: 192,
    maxYoungGenerationSizeMb: 32,
    stackSizeMb: 4,
  };
  private readonly lanes = new Lanes();
  private begun = 0;
  private thread: Worker | undefined;

  constructor(private readonly config: Config) {}

  onModuleDestroy(): Promise<void> {
    return this.end();
  }

  async convert(file: Buffer): Promise<ConvertedPrompt | Refusal> {
    if (this.begun >= mostAtOnce) return refuse('request.too-many');
    this.begun += 1;
    try {
      return await this.lanes.run('converting', () => this.inThread(file));
    } finally {
      this.begun -= 1;
    }
  }

  private async inThread(file: Buffer): Promise<ConvertedPrompt | Refusal> {
    const wish: ConversionWish = { file, longestMs: this.config.prompts.longestMs };
    this.thread ??= this.begin();
    try {
      this.thread.postMessage(wish);
      const [answer]: ConversionAnswer[] = await once(this.thread, 'message', {
        signal: AbortSignal.timeout(this.patienceMs),
      });
      if (!answer) throw new Error('conversion: no answer');
      return answerOf(answer);
    } catch (error) {
      // Beyond its memory or its time, or a decoder that fell over its own feet: the file is none to be used.
      this.logger.warn({ msg: 'an uploaded file could not be converted', err: error });
      await this.end();
      return refuse('prompt.corrupt');
    }
  }

  private begin(): Worker {
    const thread = new Worker(program, {
      resourceLimits: this.resourceLimits,
      execArgv: loadersOf(process.execArgv),
      // The native decoder cannot be loaded by a second thread, and strangers' bytes are safer in a sandbox.
      env: { ...process.env, OPUS_FORCE_WASM: '1' },
    });
    // Between two files nobody listens: a thread that fails then is only begun anew.
    thread.on('error', (error) => this.logger.warn({ msg: 'the thread of conversions ended', err: error }));
    thread.once('exit', () => {
      if (this.thread === thread) this.thread = undefined;
    });
    return thread;
  }

  private async end(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.terminate();
  }
}

function answerOf(answer: ConversionAnswer): ConvertedPrompt | Refusal {
  if ('refused' in answer) return refuse(answer.refused.code as RefusalCode, answer.refused.details);
  return { ...answer.made, wav: Buffer.from(answer.made.wav) };
}

/** What this process was told to import, so that its threads read what it reads. */
function loadersOf(given: readonly string[]): string[] {
  return given.flatMap((option, at) => {
    if (option.startsWith('--import=')) return [option];
    return option === '--import' ? ['--import', given[at + 1] ?? ''] : [];
  });
}
