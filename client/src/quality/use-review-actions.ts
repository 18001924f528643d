import { proposalFor } from '@contracts/proposal';
import type { FormItem, QualityForm } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';
import { useMemo, useRef, useState } from 'react';
import { groupItems, type ItemGroups } from './item-groups';
import type { ItemActions } from './item-row';
import { acceptAll, acceptProposal, openItems, overturnProposal, scoreItem, withReason } from './score-draft';
import { type ScoreSheet, serverOpen } from './score-sheet';

export interface ReviewActions extends ItemActions {
  acceptAll(): void;
  /** Moves the active item by so many places. */
  step(by: number): void;
}

/** What the form's buttons and keys do, and which item they do it to. */
export function useReviewActions(
  sheet: ScoreSheet,
  form: QualityForm,
  verdicts: readonly Verdict[],
): { activeClause: string | null; actions: ReviewActions; groups: ItemGroups } {
  const [groups] = useState(() => groupItems(form.items, verdicts));
  const items = useMemo(() => [...groups.proposed, ...groups.human], [groups]);
  const [activeClause, setActive] = useState<string | null>(
    () => openNow(sheet, items)[0]?.item.clause ?? items[0]?.clause ?? null,
  );
  const active = useRef(activeClause);
  active.current = activeClause;
  const actions = useMemo<ReviewActions>(() => {
    const activate = (clause: string) => {
      active.current = clause;
      setActive(clause);
    };
    const itemOf = (clause: string) => items.find((item) => item.clause === clause);
    const next = () => {
      const place = items.findIndex((item) => item.clause === active.current);
      const ahead = [...items.slice(place + 1), ...items.slice(0, place)];
      const open = openNow(sheet, ahead)[0];
      if (open) activate(open.item.clause);
    };
    return {
      activate,
      next,
      accept: (clause) => {
        const proposal = proposalFor(clause, verdicts);
        if (proposal.score === undefined) return;
        sheet.change((draft) => acceptProposal(draft, clause, proposal));
        next();
      },
      overturn: (clause) => {
        activate(clause);
        sheet.change((draft) => overturnProposal(draft, clause, proposalFor(clause, verdicts)));
        focusReason(clause);
      },
      score: (clause, score) => {
        const item = itemOf(clause);
        if (!item) return;
        activate(clause);
        const proposal = proposalFor(clause, verdicts);
        sheet.change((draft) => scoreItem(draft, item, score, proposal));
        const overturned =
          item.kind === 'automatic' && proposal.score !== undefined && score !== proposal.score;
        if (overturned) focusReason(clause);
        else next();
      },
      explain: (clause, reason) => sheet.change((draft) => withReason(draft, clause, reason)),
      acceptAll: () => {
        sheet.change((draft) => acceptAll(draft, items, verdicts));
        next();
      },
      step: (by) => {
        const place = items.findIndex((item) => item.clause === active.current);
        const there = items[Math.min(items.length - 1, Math.max(0, place + by))];
        if (there) activate(there.clause);
      },
    };
  }, [items, sheet, verdicts]);
  return { activeClause, actions, groups };
}

function openNow(sheet: ScoreSheet, items: readonly FormItem[]) {
  const state = sheet.state.getState();
  return openItems(items, state.draft, serverOpen(state));
}

/** The reason's field appears with the overturned mark: the focus goes there once it is drawn. */
function focusReason(clause: string): void {
  requestAnimationFrame(() => {
    const row = document.querySelector(`[data-testid="form-item"][data-clause="${CSS.escape(clause)}"]`);
    row?.querySelector<HTMLInputElement>('[data-testid="reason"]')?.focus();
  });
}
