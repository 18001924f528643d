import { DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useConnectionRefusal, useConnectionStatus } from '../realtime/connection-context';
import { useRefusalText } from '../ui/use-refusal-text';
import styles from './shell.module.css';

/**
 * The line is away: says calmly what that means. It lies over the page's head, so that nothing moves under
 * the pointer; what it covers cannot be pressed meanwhile anyway.
 */
export function ConnectionBanner() {
  const { t } = useTranslation('app');
  const lost = useConnectionStatus() === 'lost';
  const refusal = useConnectionRefusal();
  const textOf = useRefusalText();
  const why = refusal && textOf(refusal);
  return (
    <div aria-live="polite" className={styles.over}>
      {lost && (
        <div className={styles.banner} data-testid="connection-lost">
          <DisconnectOutlined aria-hidden />
          <strong>{why?.what ?? t('connection.lost')}</strong>
          <span className="soft">{why?.todo ?? t('connection.hint')}</span>
        </div>
      )}
    </div>
  );
}
