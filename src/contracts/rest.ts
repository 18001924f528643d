import { z } from 'zod';

/** `GET /api/health`. "Short": what a part needs is running out, and it still works. */
export const healthCheckSchema = z.object({ status: z.enum(['up', 'short', 'down']), detail: z.string() });
export const healthSchema = z.object({
  /** Answered with 200, 200 and 503. */
  status: z.enum(['ok', 'degraded', 'failing']),
  checks: z.object({
    database: healthCheckSchema,
    redis: healthCheckSchema,
    telephony: healthCheckSchema,
    /** Open files and sockets of the process. */
    descriptors: healthCheckSchema,
    /** The disk with the recordings. */
    disk: healthCheckSchema,
    /** Softphones' connections to the engine. */
    signalling: healthCheckSchema,
  }),
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
