import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../app/session';
import { Caller } from '../calls/caller';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import styles from './floor.module.css';
import { HelpButtons } from './help-buttons';
import { helpable } from './helpable';
import type { BoardCard, Need } from './need-for-help';

/** Needs that are a breach of the standard or lose customers: told in the breach colour. */
const breaches: readonly Need[] = [
  'help',
  'hold-ceiling',
  'hold-limit',
  'phone-away',
  'device-lost',
  'missed-call',
];

/** One agent: number, name, state with its timer, and why they stand where they stand. */
export function AgentCard({ card }: { card: BoardCard }) {
  const { t } = useTranslation('floor');
  const mayHelp = useMay()('call.help');
  const { presence, call, state, since, need, urgent } = card;
  return (
    <article
      className={styles.card}
      style={
        { '--tone': `var(--state-${breaches.includes(need) ? 'breach' : state})` } as React.CSSProperties
      }
      data-urgent={urgent || undefined}
      data-offline={state === 'offline' || undefined}
      data-testid="agent"
      data-agent={presence.agentNumber}
      data-state={state}
      data-need={need}
    >
      <div className={styles.cardLine}>
        <strong className="tabular">{presence.agentNumber}</strong>
        <span className={styles.name}>{presence.name}</span>
        {state !== 'offline' && (
          <span className={styles.timer}>
            <Duration since={since} />
          </span>
        )}
      </div>
      <div className={styles.cardLine}>
        <StateTag state={state} />
        {urgent ? (
          <span className={styles.need}>{t(`needs.${need}`)}</span>
        ) : (
          presence.reason && <span className="soft">{t(`reason.${presence.reason}`)}</span>
        )}
      </div>
      <div className={styles.cardLine}>
        <CardFoot card={card} />
        {call && (
          <Link className={styles.cardWay} to={`/calls/${call.callId}`}>
            {t('agents.open')}
          </Link>
        )}
      </div>
      {call && mayHelp && helpable(call) && <HelpButtons call={call} />}
      {call && call.helpers.length > 0 && (
        <div className="soft" data-testid="card-helpers">
          {call.helpers
            .map(({ leadName, mode }) => t('help.there', { name: leadName, mode: t(`help.${mode}`) }))
            .join(t('help.comma'))}
        </div>
      )}
    </article>
  );
}

/** The third line: the running promise of a hold, the customer, or what follows. */
function CardFoot({ card: { presence, call, need } }: { card: BoardCard }) {
  const { t } = useTranslation('floor');
  if (call?.state === 'held' && call.holdLimitAt && (need === 'held' || need === 'long-hold'))
    return (
      <span className="soft">
        {t('agents.limitIn')} <Duration until={call.holdLimitAt} />
      </span>
    );
  if (call?.state === 'held' && call.holdCeilingAt && need === 'hold-limit')
    return (
      <span className="soft">
        {t('agents.ceilingIn')} <Duration until={call.holdCeilingAt} />
      </span>
    );
  if (call)
    return (
      <span className="soft">
        <Caller number={call.fromNumber} callId={call.callId} />
      </span>
    );
  if (presence.next)
    return <span className="soft">{t('agents.next', { state: t(`presence.${presence.next}`) })}</span>;
  if (presence.state !== 'offline' && !presence.deviceReady)
    return <span className={styles.noDevice}>{t('agents.noDevice')}</span>;
  return <span />;
}
