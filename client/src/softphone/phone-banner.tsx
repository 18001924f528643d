import { CustomerServiceOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useConnectionStatus, useDesk } from '../realtime/connection-context';
import { useRefusalText } from '../ui/use-refusal-text';
import styles from './phone-banner.module.css';
import type { Softphone } from './softphone';
import { SoftphoneContext } from './softphone-context';

/** What an agent must know of their phone on every page: another tab has it, the server refused it, it is lost. */
export function PhoneBanner() {
  const phone = use(SoftphoneContext);
  return <div aria-live="polite">{phone && <Banner phone={phone} />}</div>;
}

function Banner({ phone }: { phone: Softphone }) {
  const { t } = useTranslation('softphone');
  const textOf = useRefusalText();
  const { status, refusal, microphoneLost } = useStore(phone.state);
  const connected = useConnectionStatus() === 'connected';
  const busy = useDesk((desk) => desk.call?.phase === 'talking' || desk.call?.phase === 'held');
  if (status === 'elsewhere')
    return (
      <Line text={t('elsewhere.text')} hint={t('elsewhere.hint')} testId="led-elsewhere">
        <Button size="small" type="primary" data-testid="take-over" onClick={() => phone.takeOver()}>
          {t('elsewhere.take-over')}
        </Button>
      </Line>
    );
  if (microphoneLost)
    return (
      <Line text={t('microphone-lost.text')} hint={t('microphone-lost.hint')} testId="microphone-lost">
        <Button size="small" onClick={() => phone.changeMicrophone()}>
          {t('microphone-lost.again')}
        </Button>
      </Line>
    );
  if (status === 'refused' && refusal) {
    const { what, todo, code } = textOf(refusal);
    return <Line text={what} hint={`${todo} (${code})`} testId="phone-refused" />;
  }
  // Without the server there is one thing to say, and it is said already.
  if (status !== 'lost' || !connected) return null;
  return <Line text={t('lost.text')} hint={busy ? t('lost.talking') : t('lost.hint')} testId="phone-lost" />;
}

interface LineProps {
  text: string;
  hint: string;
  testId: string;
  children?: React.ReactNode;
}

function Line({ text, hint, testId, children }: LineProps) {
  return (
    <div className={styles.banner} data-testid={testId}>
      <CustomerServiceOutlined aria-hidden />
      <strong>{text}</strong>
      <span className="soft">{hint}</span>
      {children}
    </div>
  );
}
