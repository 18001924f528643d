import { ArrowLeftOutlined } from '@ant-design/icons';
import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useMay } from '../app/session';
import type { CallBackState } from '../desk/call-back';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import styles from './call.module.css';
import { CallHandlings } from './call-handlings';
import { CallRecordings } from './call-recordings';
import { CallSound } from './call-sound';
import { Caller } from './caller';
import { customerOf, isMasked } from './caller-of';
import { fineFacts } from './fact-sentence';
import { houseTime } from './house-time';
import { menuChoices } from './menu-choices';
import { OutcomeMark } from './outcome-mark';
import { TimelineList } from './timeline-list';
import { useCall } from './use-calls';
import { useFactText } from './use-fact-text';
import { useNaming } from './use-naming';
import { useHouseTimeZone, usePolicy } from './use-policy';
import { VerdictList } from './verdict-list';

const nobody: never[] = [];

/** One call: all that happened, what the standard says of it, who handled it, its recordings. */
export default function CallPage() {
  const { t } = useTranslation('calls');
  const may = useMay();
  const { callId = '' } = useParams();
  const { data: call, error, refetch } = useCall(callId);
  const timeZone = useHouseTimeZone();
  const policy = usePolicy(call?.policyVersion);
  const naming = useNaming(call?.handlings ?? nobody, policy);
  const textOf = useFactText(naming);
  const [fine, setFine] = useState(false);
  const events = useMemo(
    () => call?.timeline.filter((event) => fine || !fineFacts.includes(event.kind)) ?? [],
    [call, fine],
  );
  if (!call) return error ? <ErrorState error={error} onRetry={() => refetch()} /> : <Loading />;
  const choices = menuChoices(call.timeline);
  const shown = [...call.handlings].reverse().filter((handling) => handling.verdicts.length > 0);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link to="/calls" title={t('back')} aria-label={t('back')}>
          <ArrowLeftOutlined />
        </Link>
        <h1 className="tabular">
          <Caller number={customerOf(call)} callId={call.id} />
        </h1>
        {may('call.dial') && isMasked(customerOf(call)) && (
          <Link
            to="/desk"
            state={{ callBack: { callId, number: customerOf(call) } } satisfies CallBackState}
            data-testid="call-back"
          >
            {t('callBack')}
          </Link>
        )}
        <OutcomeMark outcome={call.outcome} />
        <span className="tabular soft">{houseTime(call.arrivedAt, timeZone)}</span>
        {call.queueName && <span className="soft">{call.queueName}</span>}
        {choices.length > 0 && (
          <span data-testid="menu-choices">
            {choices.map((choice) => t('menuChoice', choice)).join(' → ')}
          </span>
        )}
        <span className="soft">{t('detail.policyVersion', { version: call.policyVersion })}</span>
        {call.state !== 'ended' && (
          <span role="status" className={styles.live}>
            {t(`state.${call.state}`)} · {t('detail.live')}
          </span>
        )}
      </header>
      <div className={styles.columns}>
        <section className={styles.pane}>
          <div className={styles.paneHead}>
            <h2>{t('detail.timeline')}</h2>
            <span className="soft">{t('detail.offsetFrom')}</span>
            <Checkbox checked={fine} onChange={(event) => setFine(event.target.checked)}>
              {t('detail.showFine')}
            </Checkbox>
          </div>
          <TimelineList events={events} originAt={call.arrivedAt} naming={naming} />
        </section>
        <div className={styles.side}>
          <CallHandlings handlings={call.handlings} />
          <section className={styles.pane}>
            <div className={styles.paneHead}>
              <h2>{t('detail.verdicts')}</h2>
            </div>
            {shown.length === 0 && <p className={styles.none}>{t('detail.noVerdicts')}</p>}
            {shown.map((handling) => (
              <div key={handling.id} className={styles.body}>
                {shown.length > 1 && (
                  <h3>
                    {handling.agentNumber} {handling.agentName}
                  </h3>
                )}
                <VerdictList
                  verdicts={handling.verdicts}
                  policy={policy}
                  timeline={call.timeline}
                  originAt={call.arrivedAt}
                  textOf={textOf}
                />
              </div>
            ))}
          </section>
          <CallSound call={call} />
          <CallRecordings recordings={call.recordings} />
        </div>
      </div>
    </div>
  );
}
