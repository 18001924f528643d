import { z } from 'zod';
import { line } from './text.js';
import { calendarDay, versionNumber } from './time.js';

/**
 * What a caller of one service number hears and is asked before the queue. A document is a small graph of steps; every
 * published version of it stays, and a call runs under the version in force at its arrival.
 */

/** The house's own sounds, which are there from the start. */
export const builtInSounds = [
  'sanling/welcome',
  'sanling/recording-notice',
  'sanling/closed',
  'sanling/goodbye',
  'sanling/invalid-choice',
  'sanling/all-busy',
] as const;
export type BuiltInSound = (typeof builtInSounds)[number];

export const promptRefSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('built-in'), sound: z.enum(builtInSounds) }),
  z.strictObject({ kind: z.literal('uploaded'), promptId: z.uuid() }),
]);
export type PromptRef = z.infer<typeof promptRefSchema>;

export const menuDigits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*', '#'] as const;
export const menuDigitSchema = z.enum(menuDigits);
export type MenuDigit = z.infer<typeof menuDigitSchema>;

/** Monday is 1. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/*
 * A half-made document is well-formed, so that what is still missing can be shown where it is missing (`flowFaultCodes`).
 */
const text = line(40).trim();
/** Of another step; empty: not chosen yet. */
const stepRef = line(40);
const prompts = z.array(promptRefSchema).max(10);
const base = { id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: text };
/** `24:00` is the end of the day. */
const clock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const span = z.strictObject({ from: clock, to: clock });
export type HoursSpan = z.infer<typeof span>;

const announceSchema = z.strictObject({
  ...base,
  kind: z.literal('announce'),
  prompts,
  /** A key ends it and counts as the answer of a menu that follows. */
  skippable: z.boolean(),
  next: stepRef,
});

const menuSchema = z.strictObject({
  ...base,
  kind: z.literal('menu'),
  prompts,
  choices: z
    .array(z.strictObject({ digit: menuDigitSchema, label: text, next: stepRef }))
    .max(menuDigits.length),
  /** How long a key is waited for after the prompts. */
  waitMs: z.number().int().min(1_000).max(30_000),
  /** How often it is asked before the caller is led on. */
  tries: z.number().int().min(1).max(5),
  /** Where a caller goes who did not choose; null: into the queue of the number that was dialled. */
  otherwise: stepRef.nullable(),
});

const hoursSchema = z.strictObject({
  ...base,
  kind: z.literal('hours'),
  weekly: z.array(span.extend({ days: z.array(z.literal(weekdays)).min(1).max(7) })).max(30),
  /** Days that are not like their weekday; without spans the house is closed on that day. */
  special: z.array(z.strictObject({ date: calendarDay, name: text, spans: z.array(span).max(5) })).max(100),
  open: stepRef,
  closed: stepRef,
});

const queueSchema = z.strictObject({ ...base, kind: z.literal('queue'), queueId: line(40) });
const endSchema = z.strictObject({ ...base, kind: z.literal('end'), prompts });

export const flowStepSchema = z.discriminatedUnion('kind', [
  announceSchema,
  menuSchema,
  hoursSchema,
  queueSchema,
  endSchema,
]);
export type FlowStep = z.infer<typeof flowStepSchema>;
export type FlowStepOf<K extends FlowStep['kind']> = Extract<FlowStep, { kind: K }>;
export const flowStepKinds = ['announce', 'menu', 'hours', 'queue', 'end'] as const;

export const flowDocumentSchema = z.strictObject({
  name: line(60).trim().min(1),
  /** Switched off, callers go into the queue at once. */
  enabled: z.boolean(),
  /** Every caller hears this first and to its end: a welcome, and that the call is recorded. */
  opening: prompts,
  /** Recording begins with the opening, or once it has been heard. */
  recording: z.enum(['with-opening', 'after-opening']),
  /** Heard after a key that is not offered. */
  wrongKey: promptRefSchema.nullable(),
  /** How often one caller may come to the same step. */
  maxRounds: z.number().int().min(1).max(20),
  start: stepRef,
  steps: z.array(flowStepSchema).max(50),
});
export type FlowDocument = z.infer<typeof flowDocumentSchema>;

/** What stands in the way of publishing, and at which step; null: of the whole. `detail`: the name it is about. */
export const flowFaultCodes = [
  'empty',
  'name-missing',
  'prompt-missing',
  'choice-missing',
  'start-unknown',
  'step-repeated',
  'step-unknown',
  'prompt-unknown',
  'queue-unknown',
  'unreachable',
  'cycle',
  'no-way-out',
  'digit-repeated',
  'hours-order',
  'date-repeated',
] as const;
export const flowFaultSchema = z.object({
  stepId: z.string().nullable(),
  code: z.enum(flowFaultCodes),
  detail: z.string(),
});
export type FlowFault = z.infer<typeof flowFaultSchema>;

export const serviceNumberSchema = z.string().regex(/^[0-9]{1,20}$/);

export const flowVersionRowSchema = z.object({
  flowId: z.uuid(),
  number: serviceNumberSchema,
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  why: z.string(),
});
export type FlowVersionRow = z.infer<typeof flowVersionRowSchema>;

export const flowVersionSchema = flowVersionRowSchema.extend({ document: flowDocumentSchema });
export type FlowVersion = z.infer<typeof flowVersionSchema>;

/** A service number with its queue and what its callers go through; `flow` null: the queue at once. */
export const flowNumberSchema = z.object({
  number: serviceNumberSchema,
  queueName: z.string(),
  flow: flowVersionRowSchema.extend({ name: z.string(), enabled: z.boolean() }).nullable(),
});
export type FlowNumber = z.infer<typeof flowNumberSchema>;

/** `basedOn` 0: the number had no flow. */
export const flowPublishSchema = z.strictObject({
  basedOn: versionNumber,
  why: line(200).trim().min(1),
  document: flowDocumentSchema,
});
export type FlowPublish = z.infer<typeof flowPublishSchema>;

/** What a flow can be made of: prompts beside the built-in ones, and queues. */
export const flowPartsSchema = z.object({
  uploaded: z.array(z.object({ id: z.uuid(), name: z.string() })),
  queues: z.array(z.object({ id: z.uuid(), name: z.string(), number: z.string() })),
  timeZone: z.string(),
});
export type FlowParts = z.infer<typeof flowPartsSchema>;

/** How a caller came to a step. */
export const flowWays = ['start', 'next', 'digit', 'open', 'closed', 'otherwise'] as const;
