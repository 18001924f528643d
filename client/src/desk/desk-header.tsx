import { QuestionCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../realtime/connection-context';
import { PhoneSign } from '../softphone/phone-sign';
import { Duration } from '../ui/duration';
import styles from './desk-header.module.css';
import { PresenceControl } from './presence-control';

/** Presence, the queues, the day so far, the phone. */
export function DeskHeader({ onKeys }: { onKeys: () => void }) {
  const { t } = useTranslation('desk');
  return (
    <header className={styles.header}>
      <PresenceControl />
      <QueueStrip />
      <Today />
      <PhoneSign />
      <Button
        type="text"
        size="small"
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-label={t('keys.title')}
        title={t('keys.title')}
        onClick={onKeys}
      />
    </header>
  );
}

function QueueStrip() {
  const { t } = useTranslation('desk');
  const queues = useDesk((desk) => desk.queues);
  return (
    <ul className={styles.queues} aria-label={t('queue.title')} data-testid="queues">
      {queues.map((queue) => (
        <li key={queue.name} className={queue.waiting > 0 ? styles.waiting : 'soft'}>
          {t('queue.line', { name: queue.name, count: queue.waiting })}
          {queue.longestSince && (
            <>
              {t('queue.longest')} <Duration since={queue.longestSince} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Today() {
  const { t } = useTranslation('desk');
  const handled = useDesk((desk) => desk.today.handled);
  return (
    <span className="soft tabular" data-testid="today">
      {t('today', { count: handled })}
    </span>
  );
}
