import { proposalFor } from '../../contracts/proposal.js';
import type { FormItem, Mark } from '../../contracts/quality.js';
import type { Verdict } from '../../contracts/verdict.js';

/** An overturned proposal is explained in at least this many characters. */
export const reasonMinLength = 2;

/** What the marks of a form come to. */
export interface Score {
  /** 0–100, to the tenth; null while items are open or nothing applies. */
  readonly total: number | null;
  readonly fatalFailed: string[];
  readonly openItems: string[];
}

/**
 * Scores a form: shares of the weights that apply, in percent; a failed fatal item makes it 0. Items without a mark, or
 * with one that contradicts the evaluator's proposal without a reason, are open.
 */
export function score(
  items: readonly FormItem[],
  marks: readonly Mark[],
  verdicts: readonly Verdict[],
): Score {
  const markOf = new Map(marks.map((mark) => [mark.clause, mark]));
  const openItems = items
    .filter((item) => isOpen(item, markOf.get(item.clause), verdicts))
    .map(({ clause }) => clause);
  const fatalFailed = items
    .filter(({ clause, fatal }) => fatal && markOf.get(clause)?.score === 0)
    .map(({ clause }) => clause);
  const total = openItems.length > 0 ? null : fatalFailed.length > 0 ? 0 : weighted(items, markOf);
  return { total, fatalFailed, openItems };
}

function weighted(items: readonly FormItem[], markOf: ReadonlyMap<string, Mark>): number | null {
  let reached = 0;
  let possible = 0;
  for (const { clause, weight } of items) {
    const share = markOf.get(clause)?.score ?? null;
    if (share === null) continue;
    reached += weight * share;
    possible += weight;
  }
  return possible === 0 ? null : Math.round((reached / possible) * 1_000) / 10;
}

function isOpen(item: FormItem, mark: Mark | undefined, verdicts: readonly Verdict[]): boolean {
  if (!mark) return true;
  const explained = mark.reason.trim().length >= reasonMinLength;
  if (mark.decision === 'overturned') return !explained;
  const proposed = item.kind === 'automatic' ? proposalFor(item.clause, verdicts).score : undefined;
  // Accepted while the proposal was another one, or while there was none: look again.
  if (mark.decision === 'accepted') return proposed === undefined || mark.score !== proposed;
  return proposed !== undefined && mark.score !== proposed && !explained;
}

/** Marks that the form does not ask for, or asks for once only. */
export function strayMarks(items: readonly FormItem[], marks: readonly Mark[]): string[] {
  const asked = new Set(items.map(({ clause }) => clause));
  const clauses = marks.map(({ clause }) => clause);
  return clauses.filter((clause, index) => !asked.has(clause) || clauses.indexOf(clause) !== index);
}
