import { CustomerServiceOutlined, PhoneOutlined } from '@ant-design/icons';
import { guestAccountSchema } from '@contracts/softphone';
import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useStore } from 'zustand';
import { request } from '../app/api';
import { Mark } from '../app/mark';
import { LocaleSwitch, ThemeSwitch } from '../app/preference-switches';
import { unlockAudio } from '../softphone/audio-context';
import { Keypad } from '../softphone/keypad';
import { LevelBar } from '../softphone/level-bar';
import { closeMicrophone, openMicrophone } from '../softphone/microphone';
import { RemoteAudio } from '../softphone/remote-audio';
import { useLevel } from '../softphone/use-level';
import { Duration } from '../ui/duration';
import { useRefusalText } from '../ui/use-refusal-text';
import { GuestPhone, type GuestState } from './guest-phone';
import styles from './phone-page.module.css';
import { useEverHeard } from './use-ever-heard';

/** A customer's phone in the browser: no sign-in, calls the house's service number and nothing else. */
export default function PhonePage() {
  const { t } = useTranslation('phone');
  const phone = useGuestPhone();
  const state = useStore(phone.state);
  return (
    <main className={styles.page}>
      <RemoteAudio stream={state.remote} />
      <div className={styles.switches}>
        <LocaleSwitch />
        <ThemeSwitch />
      </div>
      <section className={styles.card} data-testid="web-phone" data-stage={state.stage}>
        <header className={styles.head}>
          <Mark size={34} />
          <div>
            <h1>{t('title')}</h1>
            <p className="soft">{t('hotel')}</p>
          </div>
        </header>
        <Refused state={state} />
        <Stage state={state} />
        {active(state) ? <InCall phone={phone} state={state} /> : <Before phone={phone} state={state} />}
      </section>
      <p className="soft">
        {t('agent')} <Link to="/">{t('sign-in')}</Link>
      </p>
    </main>
  );
}

const active = ({ stage }: GuestState) =>
  stage === 'preparing' || stage === 'calling' || stage === 'connected';

function useGuestPhone(): GuestPhone {
  const [phone] = useState(
    () =>
      new GuestPhone({
        account: () => request('POST', '/api/guest', { body: {}, answer: guestAccountSchema }),
        openLine: async (account, events) =>
          (await import('../softphone/sip-line')).openSipLine(account, events),
        openMicrophone: () => openMicrophone(null),
        closeMicrophone,
        now: Date.now,
        after: (ms, action) => {
          const timer = window.setTimeout(action, ms);
          return () => window.clearTimeout(timer);
        },
      }),
  );
  useEffect(() => {
    const leave = () => phone.stop();
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [phone]);
  return phone;
}

function Refused({ state }: { state: GuestState }) {
  const textOf = useRefusalText();
  if (!state.refusal) return null;
  const { what, todo, code } = textOf(state.refusal);
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={what}
      description={`${todo} (${code})`}
      data-testid="phone-refused"
      data-code={code}
    />
  );
}

function Stage({ state }: { state: GuestState }) {
  const { t } = useTranslation('phone');
  const hint =
    state.stage === 'idle'
      ? null
      : t(state.stage === 'ended' ? `hint.ended.${state.end ?? 'here'}` : `hint.${state.stage}`);
  return (
    <div role="status" className={styles.stage} data-testid="phone-stage">
      <strong>
        {t(`state.${state.stage}`)}{' '}
        {state.stage === 'connected' && state.connectedAt && <Duration since={state.connectedAt} />}
      </strong>
      {hint && <span className="soft">{hint}</span>}
    </div>
  );
}

function Before({ phone, state }: { phone: GuestPhone; state: GuestState }) {
  const { t } = useTranslation('phone');
  const call = () => {
    unlockAudio();
    phone.call().catch((error: unknown) => console.error('the call could not be made', error));
  };
  return (
    <>
      <div className={styles.explain}>
        <p>{t('explain')}</p>
        <p className="soft">{t('explain-microphone')}</p>
        <p className="soft">{t('explain-recording')}</p>
      </div>
      <Button
        type="primary"
        size="large"
        block
        icon={<PhoneOutlined aria-hidden />}
        data-testid="call"
        onClick={call}
      >
        {t(state.stage === 'ended' ? 'call-again' : 'call')}
      </Button>
    </>
  );
}

function InCall({ phone, state }: { phone: GuestPhone; state: GuestState }) {
  const { t } = useTranslation('phone');
  const [keypad, setKeypad] = useState(false);
  const connected = state.stage === 'connected';
  return (
    <>
      {connected && <Levels state={state} />}
      <div className={styles.buttons}>
        <Button
          disabled={!connected}
          aria-pressed={state.muted}
          data-testid="mute"
          onClick={() => phone.setMuted(!state.muted)}
        >
          {t(state.muted ? 'unmute' : 'mute')}
        </Button>
        <Button
          disabled={!connected}
          aria-expanded={keypad}
          data-testid="keypad"
          onClick={() => setKeypad((open) => !open)}
        >
          {t('keypad')}
        </Button>
        <Button danger type="primary" data-testid="hang-up" onClick={() => phone.hangUp()}>
          {t('hang-up')}
        </Button>
      </div>
      {keypad && connected && (
        <Keypad label={t('keypad')} disabled={false} onDigit={(digit) => phone.digit(digit)} />
      )}
    </>
  );
}

function Levels({ state }: { state: GuestState }) {
  const { t } = useTranslation('phone');
  const you = useLevel(state.local);
  const them = useLevel(state.remote);
  const heard = useEverHeard(state.local, you);
  return (
    <div className={styles.levels}>
      <LevelBar label={t('you')} db={you} testId="level-you" />
      <LevelBar label={t('them')} db={them} testId="level-them" />
      {heard !== null && !state.muted && (
        <span className={heard ? styles.heard : styles.notHeard} data-testid="heard" data-heard={heard}>
          <CustomerServiceOutlined aria-hidden /> {t(heard ? 'heard' : 'not-heard')}
        </span>
      )}
    </div>
  );
}
