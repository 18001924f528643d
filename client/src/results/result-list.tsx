import type { ResultRow } from '@contracts/quality';
import { useTranslation } from 'react-i18next';
import { Caller } from '../calls/caller';
import { houseTime } from '../calls/house-time';
import { useHouseTimeZone } from '../calls/use-policy';
import styles from './results.module.css';

interface ResultListProps {
  rows: readonly ResultRow[];
  openId: string | undefined;
  activeId: string | null;
  onOpen: (evaluationId: string) => void;
}

/** One row a score; those not opened yet are marked. */
export function ResultList({ rows, openId, activeId, onOpen }: ResultListProps) {
  const { t } = useTranslation('results');
  const timeZone = useHouseTimeZone();
  return (
    <ol className={styles.list} data-testid="results">
      {rows.map((row) => (
        <li key={row.evaluationId} data-row-key={row.evaluationId}>
          <button
            type="button"
            className={styles.row}
            aria-current={row.evaluationId === openId || undefined}
            data-active={row.evaluationId === activeId || undefined}
            data-testid="result"
            onClick={() => onOpen(row.evaluationId)}
          >
            <strong className={`tabular ${styles.rowTotal}`}>{row.total}</strong>
            <span className={styles.rowText}>
              <Caller number={row.fromNumber} />
              <span className="soft tabular">
                {houseTime(row.submittedAt, timeZone)} · {row.inspectorName}
              </span>
            </span>
            {row.seenAt === null && <span className={styles.fresh}>{t('unseen')}</span>}
          </button>
        </li>
      ))}
    </ol>
  );
}
