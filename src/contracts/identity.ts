import { z } from 'zod';
import { line, secretText } from './text.js';

export const roles = ['agent', 'lead', 'inspector', 'trainer', 'supervisor', 'sales-support'] as const;
export const roleSchema = z.enum(roles);
export type Role = z.infer<typeof roleSchema>;

/** What a role may do. A service method names one of these in its first line. */
export const permissions = {
  /** A lead has a number and a desk too: for taking over a call, and for answering when all are busy. */
  'call.handle': ['agent', 'lead'],
  'call.dial': ['agent', 'lead'],
  'call.help': ['lead'],
  'call.read-own': ['agent'],
  'call.read-all': ['lead', 'inspector', 'trainer', 'supervisor'],
  /** Asks for the calls of one number, typed in full. */
  'call.search-number': ['lead', 'inspector', 'supervisor'],
  /** Sees a customer's number whole, on record; an agent only of their own calls. */
  'call.reveal-number': ['agent', 'lead', 'inspector', 'supervisor'],
  'presence.own': ['agent', 'lead'],
  'floor.watch': ['lead', 'supervisor'],
  'recording.listen': ['lead', 'inspector', 'trainer', 'supervisor'],
  'recording.listen-own': ['agent'],
  'quality.evaluate': ['inspector'],
  'quality.read-all': ['inspector', 'lead', 'trainer', 'supervisor'],
  'quality.read-own': ['agent'],
  'policy.read': roles,
  'policy.write': ['supervisor'],
  /** Who may dial what, and the phone book. */
  'dialling.read': ['agent', 'lead', 'supervisor'],
  'dialling.write': ['supervisor'],
  /** Announcements and the menus before the queue. */
  'flows.read': ['lead', 'supervisor'],
  'flows.write': ['supervisor'],
  'metrics.read': ['supervisor'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

export const loginSchema = z.strictObject({
  login: line(64).min(1),
  password: secretText(256).min(1),
});
export type Login = z.infer<typeof loginSchema>;

/** A signed-in person, as the client sees them. `agentNumber` (工号) is spoken in the greeting. */
export const personSchema = z.object({
  id: z.uuid(),
  login: z.string(),
  name: z.string(),
  role: roleSchema,
  agentNumber: z.string().nullable(),
  locale: z.enum(['zh-CN', 'en']),
});
export type Person = z.infer<typeof personSchema>;

export const sessionSchema = z.object({
  person: personSchema,
  permissions: z.array(z.string()),
  expiresAt: z.iso.datetime(),
  /** Handles no calls any more: only the one in course, until its record is closed. */
  finishing: z.boolean().default(false),
});
export type Session = z.infer<typeof sessionSchema>;
