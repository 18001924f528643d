import type { Floor } from '@contracts/floor';
import { useTranslation } from 'react-i18next';
import { Caller } from '../calls/caller';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import styles from './floor.module.css';
import { waitingCalls } from './need-for-help';

/** Customers no agent talks with yet, the longest waiting first. */
export function WaitingList({ floor }: { floor: Floor }) {
  const { t } = useTranslation('floor');
  const waiting = waitingCalls(floor);
  return (
    <section>
      <div className={styles.sectionHead}>
        <h2>{t('waiting.title')}</h2>
        <span className="tabular soft">{waiting.length}</span>
      </div>
      {waiting.length === 0 ? (
        <p className={styles.none}>{t('waiting.empty')}</p>
      ) : (
        <ol className={styles.waiting} data-testid="waiting">
          {waiting.map((call) => (
            <li key={call.callId}>
              <Caller number={call.fromNumber} callId={call.callId} />
              {call.state === 'ringing' && <StateTag state="ringing">{t('waiting.ringing')}</StateTag>}
              <span className={styles.timer}>
                <Duration since={call.arrivedAt} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
