import { z } from 'zod';

/** `GET /api/health`. */
export const healthCheckSchema = z.object({ status: z.enum(['up', 'down']), detail: z.string() });
export const healthSchema = z.object({
  status: z.enum(['ok', 'failing']),
  checks: z.object({ database: healthCheckSchema, redis: healthCheckSchema, telephony: healthCheckSchema }),
});
export type Health = z.infer<typeof healthSchema>;

/** Codes of what is written into the audit log. */
export const auditActions = [
  'session.opened',
  'session.refused',
  'session.closed',
  'recording.listened',
  'call.read',
  'call.listed',
  'call.searched',
  'call.history-read',
  'handling.listed',
  'read.refused',
  'number.revealed',
  'number.refused',
  'evaluation.submitted',
  'policy.published',
  'flow.published',
  'dialling.changed',
  'dialling.refused',
  'dialling.dialled',
  'phone-book.changed',
  'prompt.uploaded',
  'prompt.replaced',
  'prompt.renamed',
  'prompt.removed',
  'help.began',
  'help.took-over',
  'edge.shut-out',
] as const;
export type AuditAction = (typeof auditActions)[number];
