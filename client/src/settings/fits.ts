import type { z } from 'zod';

/** A rule of a form by the contract's own schema, so that the form and the server agree. */
export function fits(schema: z.ZodType, message: string) {
  return {
    validator: async (_: unknown, typed: unknown) => {
      if (!schema.safeParse(typed).success) throw new Error(message);
    },
  };
}
