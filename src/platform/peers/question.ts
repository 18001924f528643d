import type { z } from 'zod';

/** What one process may ask another, with the schemas of both directions. */
export interface Question<Asked, Answer> {
  readonly name: string;
  readonly asked: z.ZodType<Asked>;
  readonly answer: z.ZodType<Answer>;
}

/** The process that was asked has gone, did not answer in time, or cannot answer now: the person is told to try again. */
export class PeerAway extends Error {
  constructor(detail: string) {
    super(`another process cannot be asked: ${detail}`);
    this.name = 'PeerAway';
  }
}
