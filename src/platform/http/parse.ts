import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { type Refusal, RefusalError, refuse } from '../../kernel/refusal.js';

/** Where the input is wrong, without repeating what was sent. `within`: the name of the whole, where it has one. */
export function malformed(error: z.ZodError, within?: string): Refusal {
  const issues = error.issues.slice(0, 20).map(({ path, code }) => ({
    path: [within ?? [], path].flat().map(String).join('.').slice(0, 100),
    code,
  }));
  return refuse('request.malformed', { issues });
}

/** What stands between a request and its controller; says by which schema. */
export interface Parsing<S extends z.ZodType = z.ZodType> extends PipeTransform<unknown, z.output<S>> {
  readonly schema: S;
  transform(value: unknown, argument: Pick<ArgumentMetadata, 'data'>): z.output<S>;
}

/** `@Body(parsed(loginSchema)) login: Login`, `@Query(parsed(…))`, `@Param('id', parsed(z.uuid()))`. */
export function parsed<S extends z.ZodType>(schema: S): Parsing<S> {
  return {
    schema,
    transform(value, { data }) {
      const result = schema.safeParse(value ?? {});
      if (result.success) return result.data;
      throw new RefusalError(malformed(result.error, data));
    },
  };
}
