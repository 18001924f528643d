import { ClockCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { Recording } from '@contracts/recording';
import { useTranslation } from 'react-i18next';
import styles from './stage.module.css';

/** In the player's place while there is nothing to play: says why. The page looks again by itself. */
export function RecordingNotice({ recording }: { recording: Recording | null }) {
  const { t } = useTranslation('calls');
  const state = recording?.state ?? 'none';
  const Icon = state === 'failed' ? ExclamationCircleOutlined : ClockCircleOutlined;
  return (
    <div className={styles.bar} role="status" data-testid="no-recording" data-state={state}>
      <Icon aria-hidden className={state === 'failed' ? styles.failed : undefined} />
      <span>{t(`recordingNotice.${state}`)}</span>
    </div>
  );
}
