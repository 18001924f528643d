import { type FlowDocument, type MenuDigit, menuDigits } from '@contracts/flow';
import type { FlowTrial } from '@contracts/flow-trial';
import type { FactKind } from '@contracts/timeline';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFactText } from '../../calls/use-fact-text';
import { useNaming } from '../../calls/use-naming';
import { ErrorState } from '../../ui/error-state';
import styles from './flows.module.css';
import { useFlowTrial } from './use-flows';

const told: readonly FactKind[] = [
  'menu.entered',
  'menu.digit',
  'menu.timed-out',
  'menu.left',
  'queue.entered',
];
const nobody: never[] = [];

/** `2026-03-02T09:00` of this computer's clock, as a date field takes it. */
const fieldOf = (time: Date) =>
  new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

/** Walks through the flow as it is on the page, without a call. */
export function TryPanel({ number, document }: { number: string; document: FlowDocument }) {
  const { t } = useTranslation('flows');
  const [at, setAt] = useState(() => fieldOf(new Date()));
  const [answers, setAnswers] = useState<FlowTrial['answers']>([]);
  const time = new Date(at);
  const trial = useFlowTrial({
    number,
    document,
    at: (Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString(),
    answers,
  });
  const textOf = useFactText(useNaming(nobody, undefined));
  const answer = (digit: MenuDigit | 'nothing') => setAnswers([...answers, digit]);
  const asks = trial.data?.now === 'asks';
  const offered = new Set(
    document.steps.flatMap((step) => (step.kind === 'menu' ? step.choices : [])).map(({ digit }) => digit),
  );
  return (
    <aside className={`${styles.card} ${styles.trial}`} aria-label={t('try.title')} data-testid="try">
      <h2>{t('try.title')}</h2>
      <div className={styles.fields}>
        <span>{t('try.at')}</span>
        <Input
          type="datetime-local"
          aria-label={t('try.at')}
          value={at}
          onChange={({ target }) => setAt(target.value)}
        />
      </div>
      {trial.isError ? (
        <ErrorState error={trial.error} onRetry={() => trial.refetch()} />
      ) : (
        <ol className={styles.walk} data-testid="walk" data-now={trial.data?.now ?? ''}>
          {trial.data?.facts
            .filter(({ kind }) => told.includes(kind))
            .map((fact) => (
              <li key={fact.seq}>{textOf(fact)}</li>
            ))}
        </ol>
      )}
      <strong role="status">{trial.data && t(`try.now.${trial.data.now}`)}</strong>
      <div className={styles.row}>
        {menuDigits.map((digit) => (
          <Button
            key={digit}
            size="small"
            type={offered.has(digit) ? 'primary' : 'default'}
            ghost={offered.has(digit)}
            disabled={!asks}
            data-testid={`try-${digit}`}
            onClick={() => answer(digit)}
          >
            {digit}
          </Button>
        ))}
        <Button size="small" disabled={!asks} onClick={() => answer('nothing')}>
          {t('try.nothing')}
        </Button>
      </div>
      <div>
        <Button size="small" disabled={answers.length === 0} onClick={() => setAnswers([])}>
          {t('try.again')}
        </Button>
      </div>
    </aside>
  );
}
