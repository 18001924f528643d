import type { DeskCall } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { Caller as CallerNumber } from '../calls/caller';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import type { StateName } from '../ui/tokens';
import styles from './call-panel.module.css';

const stateOf: Partial<Record<DeskCall['phase'], StateName>> = {
  offered: 'ringing',
  ringing: 'ringing',
  consulted: 'talking',
  talking: 'talking',
  held: 'held',
  'wrap-up': 'wrap-up',
};

/** Who, through which line, in which state and since when. */
export function CallerHeader({ call }: { call: DeskCall }) {
  const { t } = useTranslation(['desk', 'calls']);
  const dialling = call.state === 'dialling';
  const state = dialling ? 'ringing' : (stateOf[call.phase] ?? 'offline');
  return (
    <header className={styles.caller}>
      <div className={styles.number} data-testid="from-number">
        {call.fromNumber ? (
          <CallerNumber number={call.fromNumber} callId={call.callId} offer={false} />
        ) : (
          t('call.no-number')
        )}
      </div>
      <div className="soft">
        {[callerName(call), call.queueName, t(call.dial ? 'call.outbound' : `call.${call.channel}`)]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {call.menuChoices.length > 0 && (
        <div data-testid="menu-choices">
          {call.menuChoices.map((choice) => t('calls:menuChoice', choice)).join(' → ')}
        </div>
      )}
      <div className={styles.row}>
        <StateTag state={state} strong>
          {dialling ? t(call.dial?.ringingAt ? 'dial.ringing' : 'dial.dialling') : t(`phase.${call.phase}`)}
        </StateTag>
        {call.answeredAt && !dialling && (
          <span className={styles.timer}>
            <Duration since={call.answeredAt} until={call.endedAt} />
          </span>
        )}
        {call.muted && <StateTag state="breach">{t('call.muted')}</StateTag>}
      </div>
      {call.dial?.refused ? (
        <div role="status" data-testid="dial-refused" data-why={call.dial.refused}>
          {t(`calls:partyRefusal.${call.dial.refused}`)}
        </div>
      ) : (
        call.endedBy && <div className="soft">{t(`call.ended-by.${call.endedBy}`)}</div>
      )}
    </header>
  );
}

/** A web phone has no name of its own: what it sends says no more than the channel does. */
function callerName({ channel, fromName, direction }: DeskCall): string {
  return channel === 'web' || direction === 'outbound' ? '' : fromName;
}
