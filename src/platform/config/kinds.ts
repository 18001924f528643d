import { z } from 'zod';

/** Kinds of settings that several settings are of. */

export const port = z.coerce.number().int().min(0).max(65_535);
export const url = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be an address beginning with ${protocols.join('// or ')}//`,
    );
export const hostAndPort = z.string().regex(/^[A-Za-z0-9.-]+:[0-9]{1,5}$/, 'must be host:port');
