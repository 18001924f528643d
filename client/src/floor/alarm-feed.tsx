import {
  BellOutlined,
  CheckOutlined,
  ClockCircleOutlined,
  CustomerServiceOutlined,
  ExclamationCircleOutlined,
  StopOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import type { Alarm } from '@contracts/floor';
import { Button } from 'antd';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { houseTime } from '../calls/house-time';
import { useHouseTimeZone } from '../calls/use-policy';
import { EmptyState } from '../ui/empty-state';
import { alarmOrder } from './alarm-order';
import styles from './floor.module.css';

const look: Record<Alarm['level'], { icon: ComponentType<{ 'aria-hidden'?: boolean }>; tone: string }> = {
  help: { icon: CustomerServiceOutlined, tone: 'var(--state-breach)' },
  reminder: { icon: ClockCircleOutlined, tone: 'var(--state-held)' },
  limit: { icon: WarningOutlined, tone: 'var(--state-breach)' },
  ceiling: { icon: ExclamationCircleOutlined, tone: 'var(--state-breach)' },
  missed: { icon: BellOutlined, tone: 'var(--state-breach)' },
  breach: { icon: StopOutlined, tone: 'var(--state-breach)' },
};

interface AlarmFeedProps {
  alarms: readonly Alarm[];
  onAcknowledge: (alarmId: string) => void;
  /** Goes to the call to listen; left out for those who may not. */
  onListen?: ((callId: string) => void) | undefined;
}

/** What somebody should look at, the newest on top; acknowledged ones stay below, greyed. */
export function AlarmFeed({ alarms, onAcknowledge, onListen }: AlarmFeedProps) {
  const { t } = useTranslation('floor');
  const open = alarms.filter((alarm) => alarm.acknowledgedBy === null).length;
  return (
    <section className={styles.feed} aria-live="polite">
      <div className={styles.sectionHead}>
        <h2>{t('alarmFeed.title')}</h2>
        {open > 0 && <span className={styles.need}>{t('alarmFeed.open', { count: open })}</span>}
      </div>
      {alarms.length === 0 ? (
        <EmptyState title={t('alarmFeed.empty')} hint={t('alarmFeed.emptyHint')} />
      ) : (
        <ol className={styles.alarms} data-testid="alarms">
          {alarmOrder(alarms).map((alarm) => (
            <AlarmRow key={alarm.id} alarm={alarm} onAcknowledge={onAcknowledge} onListen={onListen} />
          ))}
        </ol>
      )}
    </section>
  );
}

type AlarmRowProps = Omit<AlarmFeedProps, 'alarms'> & { alarm: Alarm };

function AlarmRow({ alarm, onAcknowledge, onListen }: AlarmRowProps) {
  const { t } = useTranslation('floor');
  const timeZone = useHouseTimeZone();
  const { icon: Icon, tone } = look[alarm.level];
  const taken = alarm.acknowledgedBy !== null;
  const { callId } = alarm;
  return (
    <li
      className={styles.alarm}
      style={{ '--tone': tone } as React.CSSProperties}
      data-taken={taken || undefined}
      data-code={alarm.code}
      data-testid="alarm"
    >
      <span className={styles.alarmHead}>
        <Icon aria-hidden /> <strong>{t(`level.${alarm.level}`)}</strong>
        <span className="tabular">
          {alarm.agentId === null ? alarm.detail : t('alarmFeed.agent', { number: alarm.agentNumber })}
        </span>
        <span className={`tabular ${styles.alarmTime}`}>{houseTime(alarm.at, timeZone).slice(6)}</span>
      </span>
      <span>{t(`alarms.${alarm.code}`, { defaultValue: alarm.code })}</span>
      <span className={styles.alarmFoot}>
        {alarm.clause !== '' && (
          <span className="soft">{t('alarmFeed.clause', { clause: alarm.clause })}</span>
        )}
        {callId !== null && <Link to={`/calls/${callId}`}>{t('alarmFeed.openCall')}</Link>}
        {callId !== null && alarm.level === 'help' && !taken && onListen && (
          <Button size="small" type="primary" data-testid="alarm-listen" onClick={() => onListen(callId)}>
            {t('help.listen')}
          </Button>
        )}
        {taken ? (
          <span className="soft">{t('alarmFeed.acknowledgedBy', { name: alarm.acknowledgedBy })}</span>
        ) : (
          <Button
            size="small"
            icon={<CheckOutlined />}
            data-testid="acknowledge"
            onClick={() => onAcknowledge(alarm.id)}
          >
            {t('alarmFeed.acknowledge')}
          </Button>
        )}
      </span>
    </li>
  );
}
