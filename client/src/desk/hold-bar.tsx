import type { DeskCall } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../ui/state-tag';
import { useNow } from '../ui/use-now';
import styles from './hold-bar.module.css';
import { type HoldTimer, holdProgress } from './hold-progress';

/** The customer waits: fills to the promised limit, then to the ceiling, with the seconds beside it. */
export function HoldBar({ timer, alarm }: { timer: HoldTimer; alarm: DeskCall['holdAlarm'] }) {
  const { t } = useTranslation('desk');
  const progress = holdProgress(
    timer,
    useNow((now) => now),
  );
  const breached = progress.stage !== 'within';
  const seconds = Math.floor(progress.heldMs / 1000);
  const left = Math.ceil(progress.leftMs / 1000);
  return (
    <div className={styles.hold} data-testid="hold-bar" data-stage={progress.stage} data-alarm={alarm}>
      <div className={styles.line}>
        <StateTag state={breached ? 'breach' : 'held'} strong>
          {t(`hold.${progress.stage}`)}
        </StateTag>
        <span className={`tabular ${styles.seconds}`} data-testid="hold-seconds">
          {t('hold.seconds', { seconds })}
        </span>
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t('hold.bar')}
        aria-valuenow={seconds}
        aria-valuemin={0}
        aria-valuemax={60}
      >
        <div className={breached ? styles.over : styles.fill} style={{ width: `${progress.share * 100}%` }} />
        <div className={styles.limit} style={{ left: `${progress.limitShare * 100}%` }} />
      </div>
      <div className="soft tabular">{t(`hold.left.${progress.stage}`, { seconds: left })}</div>
      <div role="alert" className={styles.alarm} data-testid="hold-alarm">
        {alarm !== 'none' && t(`hold.alarm.${alarm}`)}
      </div>
    </div>
  );
}
