import type { CallScript } from '../../contracts/call.js';
import { houseMoment } from '../../contracts/house-calendar.js';
import type { PolicyDocument } from '../../contracts/policy.js';
import type { Bilingual } from '../../contracts/text.js';

export interface ScriptInput {
  readonly agentNumber: string;
  /** The moment of the answer, ms since the epoch. */
  readonly at: number;
  /** The house's; the policy's own when left out. */
  readonly timeZone?: string;
  readonly customerName?: string;
  readonly topic?: string;
  /** An outbound call has its own order of lines (clauses 25, 26.2). */
  readonly outbound?: boolean;
}

const nobody: Bilingual = { zh: '先生/女士', en: 'sir or madam' };
const openTopic: Bilingual = { zh: '……', en: '…' };

/** The time on the house's wall. Desks ask at every change of a call, and a time zone is dear to look up. */
let lastAsked = { minute: Number.NaN, timeZone: '', clock: '' };
function wallClock(at: number, timeZone: string): string {
  const minute = Math.floor(at / 60_000);
  if (lastAsked.minute !== minute || lastAsked.timeZone !== timeZone)
    lastAsked = { minute, timeZone, clock: houseMoment(at, timeZone).time.slice(0, 5) };
  return lastAsked.clock;
}

/** The greeting of the day part in force at that moment, house time (clause 26.1). */
export function dayPartAt(policy: PolicyDocument, at: number, timeZone = policy.timeZone): Bilingual {
  const clock = wallClock(at, timeZone);
  const parts = policy.greeting.dayParts;
  const part = parts.findLast(({ from }) => from <= clock) ?? parts.at(-1);
  if (!part) throw new Error('the policy has no day parts');
  return part.text;
}

/** Every line of the script, filled in for this agent, hour and customer. */
export function fillScript(policy: PolicyDocument, input: ScriptInput): CallScript {
  const same = (text: string): Bilingual => ({ zh: text, en: text });
  const values: Record<string, Bilingual> = {
    dayPart: dayPartAt(policy, input.at, input.timeZone),
    hotel: policy.hotel,
    agentNumber: same(input.agentNumber),
    customer: input.customerName ? same(input.customerName) : nobody,
    topic: input.topic ? same(input.topic) : openTopic,
  };
  const fill = (line: Bilingual): Bilingual => ({
    zh: fillIn(line, values, 'zh'),
    en: fillIn(line, values, 'en'),
  });
  const [opening, ...order] = policy.outbound.lines;
  return {
    greeting: fill(input.outbound && opening ? opening.text : policy.greeting.template),
    lines: (input.outbound ? order : policy.scriptLines).map(({ clause, text }) => ({
      clause,
      ...fill(text),
    })),
    closing: policy.closingLines.map(fill),
    holdAsk: fill(policy.hold.askLine),
    holdThanks: fill(policy.hold.thanksLine),
    transferAsk: fill(policy.transfer.askLine),
    transferThanks: fill(policy.transfer.thanksLine),
  };
}

function fillIn(line: Bilingual, values: Record<string, Bilingual>, language: 'zh' | 'en'): string {
  return line[language].replace(/\{(\w+)\}/g, (whole, name: string) => values[name]?.[language] ?? whole);
}

/** What a line of the policy may name. */
export const placeholders = ['dayPart', 'hotel', 'agentNumber', 'customer', 'topic'] as const;
