import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { type Refusal, RefusalError, refuse } from '../../kernel/refusal.js';

/** Where the input is wrong, without repeating what was sent. */
export function malformed(error: z.ZodError): Refusal {
  const issues = error.issues
    .slice(0, 20)
    .map((issue) => ({ path: issue.path.map(String).join('.').slice(0, 100), code: issue.code }));
  return refuse('request.malformed', { issues });
}

/** `@Body(parsed(loginSchema)) login: Login`, `@Query(parsed(…))`, `@Param('id', parsed(z.uuid()))`. */
export function parsed<S extends z.ZodType>(schema: S): PipeTransform<unknown, z.output<S>> {
  return {
    transform(value) {
      const result = schema.safeParse(value ?? {});
      if (result.success) return result.data;
      throw new RefusalError(malformed(result.error));
    },
  };
}
