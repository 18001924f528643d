import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useConnectionStatus } from '../realtime/connection-context';
import { useNow } from '../ui/use-now';
import styles from './floor.module.css';

/** From this age on the data may no longer be true. */
const staleAfterMs = 15_000;

/** How old what is shown is. */
export function DataAge({ at }: { at: string }) {
  const { t } = useTranslation('floor');
  const now = useNow();
  const status = useConnectionStatus();
  const ageMs = Math.max(0, now - Date.parse(at));
  const state = status !== 'connected' ? 'lost' : ageMs > staleAfterMs ? 'stale' : 'fresh';
  const Icon = state === 'fresh' ? ClockCircleOutlined : WarningOutlined;
  return (
    <span className={`tabular ${styles.age}`} data-state={state} data-testid="data-age">
      <Icon aria-hidden /> {t(`age.${state}`, { seconds: Math.floor(ageMs / 1000) })}
    </span>
  );
}
