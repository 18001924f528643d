import { z } from 'zod';
import { port, url } from './kinds.js';

/** One Asterisk: where its HTTP server (ARI) and its manager interface are. */
export interface AsteriskNode {
  readonly name: string;
  readonly httpUrl: string;
  readonly ami: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
  };
}

/** The value of `ASTERISK_NODES`. */
export const asteriskNodes = z
  .string()
  .transform((text, problem) => {
    try {
      return JSON.parse(text) as unknown;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      problem.addIssue('must be JSON');
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9-]{1,32}$/, 'names may have a-z, 0-9 and - only'),
          httpUrl: url('http:', 'https:'),
          amiHost: z.string(),
          amiPort: port,
        }),
      )
      .min(1)
      .refine(
        (nodes) => new Set(nodes.map(({ name }) => name)).size === nodes.length,
        'names must differ from each other',
      ),
  );
