import { type Proposal, proposalFor } from '@contracts/proposal';
import type { Evaluation, EvaluationDraft, EvaluationNote, FormItem, Mark } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';

/** What the inspector edits; `revision` is the saved version it is based on. */
export type Draft = EvaluationDraft;

/** The shares behind the quick keys 0–4. */
export const quickScores = [0, 0.25, 0.5, 0.75, 1] as const;

export const draftOf = (evaluation: Evaluation | null): Draft =>
  evaluation === null
    ? { marks: [], notes: [], summary: '', revision: 0 }
    : {
        marks: evaluation.marks,
        notes: evaluation.notes,
        summary: evaluation.summary,
        revision: evaluation.revision,
      };

export const markFor = (draft: Draft, clause: string): Mark | undefined =>
  draft.marks.find((mark) => mark.clause === clause);

/** Puts a mark in place of the clause's earlier one. */
export function withMark(draft: Draft, mark: Mark): Draft {
  const others = draft.marks.filter((one) => one.clause !== mark.clause);
  return { ...draft, marks: [...others, mark] };
}

export function withoutMark(draft: Draft, clause: string): Draft {
  return { ...draft, marks: draft.marks.filter((mark) => mark.clause !== clause) };
}

/** Takes the evaluator's proposal; nothing changes where it proposes no score. */
export function acceptProposal(draft: Draft, clause: string, proposal: Proposal): Draft {
  if (proposal.score === undefined) return draft;
  return withMark(draft, { clause, score: proposal.score, decision: 'accepted', reason: '' });
}

/** Overturns a proposal: full score against a failed one, none against a passed one; the inspector may change it. */
export function overturnProposal(draft: Draft, clause: string, proposal: Proposal): Draft {
  if (proposal.score === undefined) return draft;
  const earlier = markFor(draft, clause);
  if (earlier?.decision === 'overturned') return draft;
  return withMark(draft, {
    clause,
    score: proposal.score === 0 ? 1 : 0,
    decision: 'overturned',
    reason: earlier?.reason ?? '',
  });
}

/** A score by the inspector's own judgement. On a proposed item another score than the proposed one overturns it. */
export function scoreItem(draft: Draft, item: FormItem, score: number | null, proposal: Proposal): Draft {
  const reason = markFor(draft, item.clause)?.reason ?? '';
  if (item.kind !== 'automatic' || proposal.score === undefined)
    return withMark(draft, { clause: item.clause, score, decision: 'scored', reason });
  if (score === proposal.score) return acceptProposal(draft, item.clause, proposal);
  return withMark(draft, { clause: item.clause, score, decision: 'overturned', reason });
}

export function withReason(draft: Draft, clause: string, reason: string): Draft {
  const mark = markFor(draft, clause);
  return mark === undefined ? draft : withMark(draft, { ...mark, reason });
}

export function withNote(draft: Draft, note: EvaluationNote): Draft {
  const notes = [...draft.notes.filter((one) => one.id !== note.id), note];
  return { ...draft, notes: notes.sort((a, b) => a.atMs - b.atMs || a.id.localeCompare(b.id)) };
}

export function withoutNote(draft: Draft, id: string): Draft {
  return { ...draft, notes: draft.notes.filter((note) => note.id !== id) };
}

/** Notes still without words are not sent: the inspector is typing them. */
export function sendable(draft: Draft): Draft {
  return { ...draft, notes: draft.notes.filter((note) => note.text.trim() !== '') };
}

/** What keeps an item from being done: nobody marked it, or the server asks to look at its mark again. */
export type ItemGap = 'unmarked' | 'look-again';

/**
 * Items still open, in the given order. Which marks suffice is the server's rule (`serverOpen`, null while it has not
 * seen the draft); the client knows only which have none.
 */
export function openItems(
  items: readonly FormItem[],
  draft: Draft,
  serverOpen: readonly string[] | null,
): { item: FormItem; gap: ItemGap }[] {
  return items.flatMap((item): { item: FormItem; gap: ItemGap }[] => {
    if (markFor(draft, item.clause) === undefined) return [{ item, gap: 'unmarked' }];
    return serverOpen?.includes(item.clause) ? [{ item, gap: 'look-again' }] : [];
  });
}

/** Accepts every proposal not yet decided, for an inspector who has seen them all. */
export function acceptAll(draft: Draft, items: readonly FormItem[], verdicts: readonly Verdict[]): Draft {
  return items.reduce((next, item) => {
    if (item.kind !== 'automatic' || markFor(next, item.clause) !== undefined) return next;
    return acceptProposal(next, item.clause, proposalFor(item.clause, verdicts));
  }, draft);
}
