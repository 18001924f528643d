import type { PolicyDocument } from '@contracts/policy';
import { proposalFor } from '@contracts/proposal';
import type { FormItem } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';
import { Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFindingText } from '../calls/use-finding-text';
import type { ItemGroups } from './item-groups';
import { type ItemActions, ItemRow } from './item-row';
import { type Draft, markFor } from './score-draft';
import styles from './score-form.module.css';

interface ScoreFormProps {
  groups: ItemGroups;
  draft: Draft;
  verdicts: readonly Verdict[];
  policy: PolicyDocument | undefined;
  activeClause: string | null;
  readOnly: boolean;
  evidenceOf: (verdict: Verdict) => ReactNode;
  actions: ItemActions;
  onSummary: (summary: string) => void;
  /** The notes, between the items and the summary. */
  notes: ReactNode;
}

/** The form's items: first those the evaluator proposes, then those that only a person hears. */
export function ScoreForm(props: ScoreFormProps) {
  const { groups, draft, verdicts, policy, activeClause, readOnly, evidenceOf, actions, onSummary, notes } =
    props;
  const { t } = useTranslation('quality');
  const findingOf = useFindingText(policy);
  const rowOf = (item: FormItem) => (
    <ItemRow
      key={item.clause}
      item={item}
      clause={policy?.clauses.find((clause) => clause.id === item.clause)}
      mark={markFor(draft, item.clause)}
      proposal={proposalFor(item.clause, verdicts)}
      active={item.clause === activeClause}
      readOnly={readOnly}
      findingOf={findingOf}
      evidenceOf={evidenceOf}
      actions={actions}
    />
  );
  return (
    <div className={styles.form} data-testid="score-form">
      <h2 className={styles.group}>{t('group.automatic')}</h2>
      {groups.proposed.map(rowOf)}
      <h2 className={styles.group}>{t('group.human')}</h2>
      {groups.human.map(rowOf)}
      <h2 className={styles.group}>{t('notes')}</h2>
      {notes}
      <h2 className={styles.group}>{t('summary')}</h2>
      {readOnly ? (
        <p className={styles.summary}>{draft.summary || t('summaryNone')}</p>
      ) : (
        <Input.TextArea
          className={styles.summary}
          value={draft.summary}
          maxLength={4000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          placeholder={t('summaryPlaceholder')}
          aria-label={t('summary')}
          data-testid="summary"
          onChange={(event) => onSummary(event.target.value)}
        />
      )}
    </div>
  );
}
