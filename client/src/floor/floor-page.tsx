import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { usePolicy } from '../calls/use-policy';
import { useCommand } from '../realtime/connection-context';
import { PhoneSign } from '../softphone/phone-sign';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { AgentGrid } from './agent-grid';
import { AlarmFeed } from './alarm-feed';
import { DataAge } from './data-age';
import styles from './floor.module.css';
import type { BoardLimits } from './need-for-help';
import { QueueRows } from './queue-rows';
import { useFloor } from './use-floor';
import { WaitingList } from './waiting-list';

const longHoldMs = 30_000;
const longCallMs = 600_000;
/** Until the standard says what a wrap-up may take. */
const wrapUpTargetMs = 60_000;

/** The team lead's floor: queues above, agents by need of help, alarms at the right. */
export default function FloorPage() {
  const { t } = useTranslation('floor');
  const { floor, refusal, ask } = useFloor();
  const policy = usePolicy();
  const command = useCommand();
  const mayHelp = useMay()('call.help');
  if (!floor) return refusal ? <ErrorState error={refusal} onRetry={() => void ask()} /> : <Loading />;
  const limits: BoardLimits = {
    longHoldMs,
    longCallMs,
    wrapUpTargetMs: policy?.wrapUp.targetMs ?? wrapUpTargetMs,
  };
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <header className={styles.head}>
          <h1>{t('title')}</h1>
          <DataAge at={floor.at} />
          {mayHelp && <PhoneSign />}
        </header>
        <QueueRows queues={floor.queues} />
        <AgentGrid floor={floor} limits={limits} />
      </div>
      <aside className={styles.side}>
        <WaitingList floor={floor} />
        <AlarmFeed
          alarms={floor.alarms}
          onAcknowledge={(alarmId) => void command('acknowledge-alarm', { alarmId })}
          onListen={mayHelp ? (callId) => void command('help-call', { callId, mode: 'listen' }) : undefined}
        />
      </aside>
    </div>
  );
}
