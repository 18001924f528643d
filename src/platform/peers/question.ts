import type { z } from 'zod';
import { Away } from '../../kernel/away.js';

/** What one process may ask another, with the schemas of both directions. */
export interface Question<Asked, Answer> {
  readonly name: string;
  readonly asked: z.ZodType<Asked>;
  readonly answer: z.ZodType<Answer>;
}

/** The process that was asked has gone, did not answer in time, or cannot answer now. */
export class PeerAway extends Away {
  constructor(detail: string, undone: boolean) {
    super(`another process cannot be asked: ${detail}`, undone);
    this.name = 'PeerAway';
  }
}
