import type { Briefing } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useTranslation } from 'react-i18next';
import { Duration } from '../ui/duration';
import { useBilingual } from '../ui/use-bilingual';
import styles from './call-panel.module.css';

/** For the one who is asked to take over: who, what, and since when the customer waits (clause 26.8). */
export function BriefingCard({ briefing, policy }: { briefing: Briefing; policy: PolicyDocument }) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const reason = policy.transfer.reasons.find(({ code }) => code === briefing.reason);
  const lines = [
    ['from', `${briefing.fromAgentNumber} ${briefing.fromAgentName}`],
    ['reason', reason ? say(reason.label) : briefing.reason],
    ['customer', briefing.customerName],
    ['matter', briefing.topic],
    ['note', briefing.note],
  ].filter(([, value]) => value);
  return (
    <section className={styles.strip} aria-label={t('briefing.title')} data-testid="briefing">
      <h2>{t('briefing.title')}</h2>
      <dl className={styles.facts}>
        {lines.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`briefing.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {briefing.waitingSince && (
          <div>
            <dt>{t('briefing.waits')}</dt>
            <dd>
              <Duration since={briefing.waitingSince} />
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
