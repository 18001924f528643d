import { z } from 'zod';
import { instant } from './time.js';

/** A place in a list that is ordered by time and id, newest first; opaque to clients. */
export interface PageCursor {
  at: Date;
  id: string;
}

const form = /^(\d{12,14})\.([0-9a-f-]{36})$/;

export function encodeCursor({ at, id }: PageCursor): string {
  return `${at.getTime()}.${id}`;
}

/** As given by `next` of the page before; what was never given is refused. */
export const cursorSchema = z
  .string()
  .max(60)
  .transform((text, context): PageCursor => {
    const [, ms = '', id = ''] = form.exec(text) ?? [];
    const at = new Date(Number(ms));
    if (z.uuid().safeParse(id).success && instant.safeParse(at.toISOString()).success) return { at, id };
    context.addIssue({ code: 'invalid_format', format: 'cursor' });
    return z.NEVER;
  });
