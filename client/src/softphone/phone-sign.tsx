import { CustomerServiceOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { MicrophoneCheckButton } from './microphone-check-button';
import styles from './phone-sign.module.css';
import { usePhone } from './softphone-context';

/** How the softphone is, and the way to check the microphone. */
export function PhoneSign() {
  const { t } = useTranslation('softphone');
  const status = usePhone((state) => state.status);
  return (
    <>
      <MicrophoneCheckButton />
      <span
        className={status === 'ready' ? styles.phoneReady : styles.phoneAway}
        role="status"
        data-testid="phone-status"
        data-status={status}
      >
        <CustomerServiceOutlined aria-hidden /> {t(`status.${status}`)}
      </span>
    </>
  );
}
