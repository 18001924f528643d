import type { FindingCode, FindingParams } from '../../contracts/finding.js';
import type { PolicyDocument } from '../../contracts/policy.js';
import type { TimelineEvent } from '../../contracts/timeline.js';
import type { Evidence, Verdict, VerdictOutcome } from '../../contracts/verdict.js';
import { type Gap, gapWithin, type HandlingStory } from './handling-story.js';

/** A verdict before its clause and part are put on it. */
export type Finding = Pick<Verdict, 'outcome' | 'finding' | 'params' | 'evidence'>;

/** Judges a clause, or one part of it. Pure. */
export type Judge = (story: HandlingStory, policy: PolicyDocument) => Finding;

/** Makes a finding; the code's parameters are checked by the compiler. */
export function found<F extends FindingCode>(
  outcome: VerdictOutcome,
  finding: F,
  params: FindingParams<F>,
  evidence: readonly Evidence[] = [],
): Finding {
  return { outcome, finding, params: { ...params }, evidence: [...evidence] };
}

/** Timeline facts as evidence; undefined ones are left out. */
export function facts(...events: readonly (TimelineEvent | undefined)[]): Evidence[] {
  return events.flatMap((event) =>
    event ? [{ kind: 'event' as const, seq: event.seq, at: event.at, event: event.kind }] : [],
  );
}

export function range(what: string, fromMs: number, untilMs: number): Evidence {
  return {
    kind: 'range',
    from: new Date(fromMs).toISOString(),
    until: new Date(untilMs).toISOString(),
    what,
  };
}

/** Seconds for texts, to the hundredth. */
export const seconds = (ms: number): number => Math.round(ms / 10) / 100;

export const inProgress = (): Finding => found('not-determinable', 'in-progress', {});

/** A needed stretch of which nothing is known. */
export function unknownGap(gap: Gap): Finding {
  return found('not-determinable', 'engine-gap', { seconds: seconds(gap.untilMs - gap.fromMs) }, [
    ...facts(gap.event),
    range('engine.gap', gap.fromMs, gap.untilMs),
  ]);
}

/** For clauses on the talk with the customer: runs `judge` only once there was one. */
export function ofTalk(
  judge: (story: HandlingStory, policy: PolicyDocument, withCustomerMs: number) => Finding,
): Judge {
  return (story, policy) => {
    if (story.withCustomer) return judge(story, policy, Date.parse(story.withCustomer.at));
    return neverWithCustomer(story) ?? inProgress();
  };
}

/** Why the customer and this agent never talked; undefined: they did, or still may. */
export function neverWithCustomer(story: HandlingStory): Finding | undefined {
  const { withCustomer, answered, missed, cancelled, dial, consulted, end } = story;
  if (withCustomer) return undefined;
  if (!answered && (missed || cancelled))
    return found('not-applicable', 'not-answered', {}, facts(missed ?? cancelled));
  if (!end) return undefined;
  return dial
    ? found('not-applicable', 'dial.not-reached', {}, facts(dial.started, dial.refused ?? end))
    : found('not-applicable', 'consult.only', {}, facts(consulted, end));
}

/** What a clause says when nothing failed: unknown where a gap hides something, not over yet, or the given finding. */
export function unlessOpen(story: HandlingStory, gap: Gap | undefined, settled: () => Finding): Finding {
  if (gap) return unknownGap(gap);
  return story.end ? settled() : inProgress();
}

/** A gap anywhere in the talk, for clauses that say that something never happened. */
export function gapInTalk(story: HandlingStory, answeredMs: number): Gap | undefined {
  return gapWithin(story, answeredMs, story.end ? Date.parse(story.end.at) : story.nowMs);
}
