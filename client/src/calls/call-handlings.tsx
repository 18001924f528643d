import type { CallDetail } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../app/session';
import { Duration } from '../ui/duration';
import styles from './call.module.css';
import { between } from './time-text';

/** Whose phone rang, who talked how long; the way to the review. */
export function CallHandlings({ handlings }: { handlings: CallDetail['handlings'] }) {
  const { t } = useTranslation('calls');
  const may = useMay();
  return (
    <section className={styles.pane}>
      <div className={styles.paneHead}>
        <h2>{t('detail.handlings')}</h2>
      </div>
      {handlings.length === 0 && <p className={styles.none}>{t('detail.noHandlings')}</p>}
      {handlings.map((handling) => (
        <div key={handling.id} className={styles.line} data-testid="handling">
          <span>
            <span className="tabular">{handling.agentNumber}</span> {handling.agentName}
          </span>
          <span className="soft">{t(`phase.${handling.phase}`)}</span>
          {handling.answeredAt && (
            <Duration
              {...(handling.endedAt
                ? { ms: between(handling.answeredAt, handling.endedAt) ?? 0 }
                : { since: handling.answeredAt })}
            />
          )}
          {handling.answeredAt && may('quality.read-all') && (
            <Link className={styles.way} to={`/quality/${handling.id}`}>
              {t('detail.review')}
            </Link>
          )}
        </div>
      ))}
    </section>
  );
}
