import { DownOutlined } from '@ant-design/icons';
import { notReadyReasons, type Presence } from '@contracts/presence';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCommand, useConnectionStatus, useDesk } from '../realtime/connection-context';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import styles from './desk-header.module.css';
import { KeyButton } from './key-button';
import { useDeskKeys } from './use-desk-keys';

/** The agent's state with its timer, and the two ways to change it. */
export function PresenceControl() {
  const { t } = useTranslation('desk');
  const presence = useDesk((desk) => desk.presence);
  const connected = useConnectionStatus() === 'connected';
  const command = useCommand();
  const ready = () => command('set-presence', { state: 'ready' });
  const blocked = !connected || !presence || presence.state === 'ringing' || presence.state === 'offline';
  const isReady = presence?.state === 'ready' || presence?.next === 'ready';
  useDeskKeys(blocked || isReady ? {} : { ready });
  if (!presence) return null;
  return (
    <div className={styles.presence} data-testid="presence" data-state={presence.state}>
      <StateTag state={presence.state} strong />
      {presence.reason && <span className="soft">{t(`presence.reason.${presence.reason}`)}</span>}
      <Duration since={presence.since} />
      <Next presence={presence} />
      <KeyButton
        action="ready"
        label={t('presence.go-ready')}
        testId="presence-ready"
        size="small"
        type={presence.state === 'not-ready' ? 'primary' : 'default'}
        disabled={blocked || isReady}
        onClick={ready}
      />
      <Dropdown
        disabled={blocked}
        trigger={['click']}
        menu={{
          items: notReadyReasons.map((reason) => ({
            key: reason,
            label: <span data-testid={`presence-${reason}`}>{t(`presence.reason.${reason}`)}</span>,
          })),
          onClick: ({ key }) => {
            const reason = notReadyReasons.find((each) => each === key);
            if (reason) command('set-presence', { state: 'not-ready', reason });
          },
        }}
      >
        <Button size="small" data-testid="presence-not-ready">
          {t('presence.go-not-ready')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
    </div>
  );
}

/** During a call the wish is taken when the call is wrapped up. */
function Next({ presence }: { presence: Presence }) {
  const { t } = useTranslation('desk');
  if (!presence.next) return null;
  const word = presence.nextReason
    ? t(`presence.reason.${presence.nextReason}`)
    : t(`presence.${presence.next}`);
  return (
    <span className="soft" data-testid="presence-next">
      {t('presence.then', { state: word })}
    </span>
  );
}
