import type { EvaluationNote, Mark } from '@contracts/quality';
import type { Draft } from './score-draft';

export interface MergedDrafts {
  draft: Draft;
  /** Clauses both sides changed, and differently: mine were kept. */
  disputed: string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function mergeBy<T>(
  key: (one: T) => string,
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
): { merged: T[]; disputed: string[] } {
  const index = (list: readonly T[]) => new Map(list.map((one) => [key(one), one]));
  const [was, own, other] = [index(base), index(mine), index(theirs)];
  const merged: T[] = [];
  const disputed: string[] = [];
  for (const id of new Set([...own.keys(), ...other.keys()])) {
    const mineChanged = !same(own.get(id), was.get(id));
    const theirsChanged = !same(other.get(id), was.get(id));
    if (mineChanged && theirsChanged && !same(own.get(id), other.get(id))) disputed.push(id);
    const kept = mineChanged ? own.get(id) : other.get(id);
    if (kept !== undefined) merged.push(kept);
  }
  return { merged, disputed };
}

/**
 * Lays my unsaved changes over what somebody else saved meanwhile: what I did not touch is theirs, what I touched is
 * mine. Nothing typed is lost; what both changed is named.
 */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): MergedDrafts {
  const marks = mergeBy<Mark>((mark) => mark.clause, base.marks, mine.marks, theirs.marks);
  const notes = mergeBy<EvaluationNote>((note) => note.id, base.notes, mine.notes, theirs.notes);
  const mySummary = mine.summary !== base.summary;
  const bothSummaries = mySummary && theirs.summary !== base.summary && theirs.summary !== mine.summary;
  const summary = bothSummaries
    ? [theirs.summary, mine.summary].filter((text) => text !== '').join('\n')
    : mySummary
      ? mine.summary
      : theirs.summary;
  return {
    draft: {
      marks: marks.merged,
      notes: notes.merged.sort((a, b) => a.atMs - b.atMs),
      summary,
      revision: theirs.revision,
    },
    disputed: marks.disputed,
  };
}
