import { InfoCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useSession } from './session';
import styles from './shell.module.css';

/** Somebody who handles no calls any more is in one: says what comes after it. */
export function LastCallBanner() {
  const { t } = useTranslation('app');
  const { finishing } = useSession();
  if (!finishing) return null;
  return (
    <div role="status" className={styles.banner} data-testid="last-call">
      <InfoCircleOutlined aria-hidden />
      <strong>{t('last-call')}</strong>
    </div>
  );
}
