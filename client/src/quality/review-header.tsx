import { ArrowLeftOutlined } from '@ant-design/icons';
import type { Review } from '@contracts/quality';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../app/session';
import { Caller } from '../calls/caller';
import { customerOf } from '../calls/caller-of';
import { houseTime } from '../calls/house-time';
import { between } from '../calls/time-text';
import { useHouseTimeZone } from '../calls/use-policy';
import { Duration } from '../ui/duration';
import styles from './review.module.css';

/** Whose call it is, and the ways out: the list, the call, the next. */
export function ReviewHeader({ review, onNext }: { review: Review; onNext: () => void }) {
  const { t } = useTranslation(['quality', 'calls']);
  const timeZone = useHouseTimeZone();
  const may = useMay();
  const { handling, call } = review;
  return (
    <header className={styles.header}>
      <Link to="/quality" title={t('backToList')} aria-label={t('backToList')}>
        <ArrowLeftOutlined />
      </Link>
      <h1>
        {handling.agentNumber} {handling.agentName}
      </h1>
      <Caller number={customerOf(call)} callId={call.id} />
      <span className="tabular soft">{houseTime(handling.offeredAt, timeZone)}</span>
      <span className="soft">
        {t('talked')} <Duration ms={between(handling.answeredAt, handling.endedAt) ?? 0} />
      </span>
      <span className="soft">{t('holdCount', { count: call.holds })}</span>
      <span className="soft">
        {t('calls:column.endedBy')} {call.endedBy ? t(`calls:byShort.${call.endedBy}`) : '–'}
      </span>
      <Link to={`/calls/${call.id}`}>{t('wholeCall')}</Link>
      {may('quality.evaluate') && (
        <Button className={styles.next} onClick={onNext} data-testid="next-handling">
          {t('next')} <kbd>]</kbd>
        </Button>
      )}
    </header>
  );
}
