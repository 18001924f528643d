import { ExclamationCircleOutlined } from '@ant-design/icons';
import type { Clause } from '@contracts/policy';
import type { Proposal } from '@contracts/proposal';
import type { FormItem, Mark } from '@contracts/quality';
import type { Verdict } from '@contracts/verdict';
import { memo, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseText } from '../calls/clause-text';
import { verdictLines } from '../calls/verdict-lines';
import { VerdictTag } from '../calls/verdict-tag';
import { useBilingual } from '../ui/use-bilingual';
import styles from './score-form.module.css';
import { ScorePicker } from './score-picker';

interface ItemRowProps {
  item: FormItem;
  clause: Clause | undefined;
  mark: Mark | undefined;
  proposal: Proposal;
  active: boolean;
  readOnly: boolean;
  findingOf: (verdict: Verdict) => string;
  evidenceOf: (verdict: Verdict) => ReactNode;
  actions: ItemActions;
}

/** What can be done to an item, by clause. */
export interface ItemActions {
  activate(clause: string): void;
  accept(clause: string): void;
  overturn(clause: string): void;
  score(clause: string, score: number | null): void;
  explain(clause: string, reason: string): void;
  /** The reason is written: on to the next open item. */
  next(): void;
}

/** One item of the form: what was proposed and on what, what the inspector made of it. */
export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { item, clause, mark, proposal, active, readOnly, findingOf, evidenceOf, actions } = props;
  const { t } = useTranslation('quality');
  const say = useBilingual();
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  const proposed = item.kind === 'automatic' && proposal.score !== undefined;
  const picking = !proposed || mark?.decision === 'overturned';
  const overturned = mark?.decision === 'overturned';
  const reasonShown =
    overturned || (active && !readOnly && mark !== undefined) || (mark?.reason ?? '') !== '';
  const { lines, remark } = verdictLines(proposal.verdicts);
  const failed = item.fatal && mark?.score === 0;
  return (
    <section
      ref={row}
      className={styles.item}
      data-active={active || undefined}
      data-done={mark !== undefined || undefined}
      data-clause={item.clause}
      data-testid="form-item"
      aria-current={active || undefined}
      onPointerDown={() => actions.activate(item.clause)}
    >
      <div className={styles.itemHead}>
        <ClauseText id={item.clause} clause={clause} title={say(item.title)} />
        {item.fatal && (
          <span className={failed ? styles.fatalFailed : styles.fatal} title={t('fatalHint')}>
            <ExclamationCircleOutlined aria-hidden /> {t('fatal')}
          </span>
        )}
        <span className={styles.weight}>{t('weight', { weight: item.weight })}</span>
        {remark && <span className={styles.remark}>{findingOf(remark)}</span>}
        {proposed && (
          <Decision mark={mark} readOnly={readOnly} active={active} clause={item.clause} actions={actions} />
        )}
        {picking && (
          <ScorePicker
            score={mark?.score}
            readOnly={readOnly}
            onPick={(score) => actions.score(item.clause, score)}
          />
        )}
      </div>
      {lines.map((verdict) => (
        <div key={verdict.part} className={styles.verdict}>
          <VerdictTag outcome={verdict.outcome} />
          <span>{findingOf(verdict)}</span>
          {evidenceOf(verdict)}
        </div>
      ))}
      {reasonShown && (
        <Reason
          mark={mark}
          required={overturned}
          readOnly={readOnly}
          onChange={(reason) => actions.explain(item.clause, reason)}
          onDone={actions.next}
        />
      )}
    </section>
  );
});

interface DecisionProps {
  mark: Mark | undefined;
  clause: string;
  active: boolean;
  readOnly: boolean;
  actions: ItemActions;
}

function Decision({ mark, clause, active, readOnly, actions }: DecisionProps) {
  const { t } = useTranslation('quality');
  return (
    <span className={styles.picker}>
      <button
        type="button"
        disabled={readOnly}
        aria-pressed={mark?.decision === 'accepted'}
        data-testid="accept"
        onClick={() => actions.accept(clause)}
      >
        {t('accept')} {active && !readOnly && <kbd>Enter</kbd>}
      </button>
      <button
        type="button"
        disabled={readOnly}
        aria-pressed={mark?.decision === 'overturned'}
        data-testid="overturn"
        onClick={() => actions.overturn(clause)}
      >
        {t('overturn')} {active && !readOnly && <kbd>O</kbd>}
      </button>
    </span>
  );
}

interface ReasonProps {
  mark: Mark | undefined;
  required: boolean;
  readOnly: boolean;
  onChange: (reason: string) => void;
  onDone: () => void;
}

function Reason({ mark, required, readOnly, onChange, onDone }: ReasonProps) {
  const { t } = useTranslation('quality');
  if (readOnly) return mark?.reason ? <p className={styles.reasonText}>{mark.reason}</p> : null;
  return (
    <input
      className={styles.reason}
      data-testid="reason"
      data-missing={(required && mark?.reason.trim() === '') || undefined}
      value={mark?.reason ?? ''}
      maxLength={1000}
      placeholder={t(required ? 'reasonRequired' : 'reasonOptional')}
      aria-label={t(required ? 'reasonRequired' : 'reasonOptional')}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
        event.preventDefault();
        event.currentTarget.blur();
        if (event.key === 'Enter') onDone();
      }}
    />
  );
}
