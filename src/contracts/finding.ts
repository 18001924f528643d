import { z } from 'zod';

/**
 * What a verdict found, by code, each with the names of its parameters. The client has a text for every code in both
 * languages (`findings.json`); durations are `seconds` and `limitSeconds` so that a text needs no arithmetic.
 */
export const findings = {
  /** Certain only when the handling is over. */
  'in-progress': [],
  'not-answered': [],
  'for-inspector': [],
  'outbound-only': [],
  'inbound-only': [],
  /** The server was not connected to the engine for that stretch. */
  'engine-gap': ['seconds'],
  'audio-missing': [],
  'transcript-missing': [],
  'events-missing': [],
  'speech-missing': [],
  /** A colleague asked this agent; the customer never came to them. */
  'consult.only': [],
  'wrap-up-pending': [],

  'rings.within': ['rings', 'limit', 'seconds'],
  'rings.too-many': ['rings', 'limit', 'seconds'],
  'rings.missed': ['limit'],
  'rings.rejected': ['rings'],
  'rings.phone-failed': ['why'],
  'rings.caller-left': ['rings'],
  /** The colleague who asked, or the customer, called it off. */
  'rings.called-off': ['rings'],
  'rings.start-unknown': [],
  'greeting.by-colleague': [],
  'first-speech.in-time': ['seconds', 'limitSeconds'],
  'first-speech.late': ['seconds', 'limitSeconds'],
  'first-speech.none': ['seconds', 'limitSeconds'],
  'first-speech.call-too-short': ['seconds'],

  'file.shown-while-ringing': ['seconds'],
  'file.shown-late': ['seconds'],
  'file.not-reported': [],

  'hold.none': [],
  'hold.all-consented': ['count'],
  'hold.refusal-respected': ['count'],
  'hold.without-consent': ['count'],
  'hold.by-phone': ['count'],
  'hold.within-ceiling': ['count', 'seconds', 'limitSeconds'],
  'hold.over-ceiling': ['count', 'seconds', 'limitSeconds'],
  'hold.total-within': ['count', 'seconds', 'limitSeconds'],
  'hold.total-over': ['count', 'seconds', 'limitSeconds'],
  'hold.promise-kept': ['count'],
  'hold.longer-than-promised': ['count', 'seconds', 'limitSeconds'],
  'hold.reason-unknown': ['reason'],
  'hold.spoke-after': ['count', 'seconds', 'limitSeconds'],
  'hold.silent-after': ['count', 'seconds', 'limitSeconds'],
  'hold.not-resumed': ['count'],
  /** Clause 24.13 where there were transfers too. */
  'consent.all-given': ['holds', 'transfers'],

  'transfer.none': [],
  'transfer.all-consented': ['count'],
  'transfer.refusal-respected': ['count'],
  'transfer.without-consent': ['count'],
  'transfer.reason-unknown': ['reason'],
  'transfer.answered-first': ['count'],
  'transfer.came-back': ['count', 'seconds'],
  'transfer.unanswered': ['count'],
  'transfer.left-before-answer': [],
  'transfer.agent-lost': [],
  'transfer.customer-left': [],

  'take-over.none': [],
  'take-over.no-ring': [],
  'take-over.spoke': ['seconds', 'limitSeconds'],
  'take-over.silent': ['seconds', 'limitSeconds'],
  'take-over.too-short': ['seconds'],

  'dial.prepared': ['purpose'],
  'dial.points-missing': ['purpose'],
  'dial.purpose-unknown': ['purpose'],
  'dial.unprepared': [],
  'dial.emergency': [],
  'dial.not-reached': [],

  'help.came': ['count', 'seconds'],
  'help.nobody-came': ['count'],

  'ending.customer-first': [],
  'ending.after-grace': ['seconds', 'limitSeconds'],
  'ending.agent-first': ['seconds', 'limitSeconds'],
  'ending.reason-accepted': ['reason'],
  'ending.reason-not-accepted': ['reason'],
  'ending.reason-to-judge': ['reason'],
  'ending.transferred': [],
  'ending.left-conference': [],
  'ending.taken-over': [],
  'ending.by-system': [],
  'ending.connection-lost': [],

  'record.complete': ['count'],
  'record.incomplete': ['fields'],
  'read-back.done': [],
  'read-back.missing': ['fields'],
  'read-back.no-customer': [],
  'follow-up.named': [],
  'follow-up.missing': [],
  'follow-up.not-needed': [],
} as const satisfies Record<string, readonly string[]>;

export type FindingCode = keyof typeof findings;
export const findingCodes = Object.keys(findings) as FindingCode[];
export const findingCodeSchema = z.enum(findingCodes as [FindingCode, ...FindingCode[]]);

export const findingParamSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
export type FindingParam = z.infer<typeof findingParamSchema>;
/** The parameters that a code's text names. */
export type FindingParams<F extends FindingCode> = Record<(typeof findings)[F][number], FindingParam>;
