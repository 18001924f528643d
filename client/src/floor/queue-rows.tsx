import type { QueueStatus } from '@contracts/floor';
import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Duration } from '../ui/duration';
import styles from './floor.module.css';

/** One row a queue. The service level tells its formula with today's figures on hover. */
export function QueueRows({ queues }: { queues: readonly QueueStatus[] }) {
  const { t } = useTranslation('floor');
  const columns = [
    'waiting',
    'longest',
    'serviceLevel',
    'ready',
    'arrived',
    'answered',
    'abandoned',
  ] as const;
  return (
    <table className={styles.queues} data-testid="queues">
      <thead>
        <tr>
          <th>{t('queues.title')}</th>
          {columns.map((column) => (
            <th key={column}>{t(`queues.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {queues.map((queue) => (
          <tr key={queue.id}>
            <th scope="row">{queue.name}</th>
            <td data-warn={queue.waiting > 0 || undefined} data-testid="queue-waiting">
              {queue.waiting}
            </td>
            <td data-warn={queue.longestSince !== null || undefined}>
              {queue.longestSince ? (
                <Duration since={queue.longestSince} />
              ) : (
                <small className="soft">{t('queues.noneWaiting')}</small>
              )}
            </td>
            <td>
              <ServiceLevel today={queue.today} />
            </td>
            <td data-breach={(queue.agentsReady === 0 && queue.waiting > 0) || undefined}>
              {queue.agentsReady}
            </td>
            <td>{queue.today.arrived}</td>
            <td>{queue.today.answered}</td>
            <td>{queue.today.abandoned}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ServiceLevel({ today }: { today: QueueStatus['today'] }) {
  const { t } = useTranslation('floor');
  const { serviceLevel, serviceLevelSeconds: seconds, arrived, answered, abandoned } = today;
  return (
    <Tooltip title={t('queues.formula', { seconds, arrived, answered, abandoned })}>
      <button type="button" className={styles.formula}>
        {serviceLevel === null ? <small>{t('queues.noCalls')}</small> : `${Math.round(serviceLevel * 100)} %`}
      </button>
    </Tooltip>
  );
}
