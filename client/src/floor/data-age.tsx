import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useConnectionStatus } from '../realtime/connection-context';
import { useNow } from '../ui/use-now';
import styles from './floor.module.css';

/** From this age on the data may no longer be true. */
const staleAfterSeconds = 15;

/** How old what is shown is. */
export function DataAge({ at }: { at: string }) {
  const { t } = useTranslation('floor');
  const status = useConnectionStatus();
  const seconds = useNow((now) => Math.max(0, Math.floor((now - Date.parse(at)) / 1_000)));
  const state = status !== 'connected' ? 'lost' : seconds >= staleAfterSeconds ? 'stale' : 'fresh';
  const Icon = state === 'fresh' ? ClockCircleOutlined : WarningOutlined;
  return (
    <span className={`tabular ${styles.age}`} data-state={state} data-testid="data-age">
      <Icon aria-hidden /> {t(`age.${state}`, { seconds })}
    </span>
  );
}
