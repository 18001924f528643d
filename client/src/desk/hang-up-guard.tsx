import type { CallTimers } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';
import { useSecondsUntil } from '../ui/use-now';
import styles from './call-panel.module.css';
import { KeyButton } from './key-button';

interface HangUpGuardProps {
  /** Null while the customer is on hold: then only a reason ends the call. */
  grace: CallTimers['grace'];
  policy: PolicyDocument;
  mayWithdraw: boolean;
  mayEnd: boolean;
  onEndNow: (reason: string) => void;
  onWithdraw: () => void;
  onClose: () => void;
}

/** The customer hangs up first (clauses 23.15, 27.2): waits for it, or ends now with a reason on record. */
export function HangUpGuard(props: HangUpGuardProps) {
  const { grace, policy, mayWithdraw, mayEnd, onEndNow, onWithdraw, onClose } = props;
  const { t } = useTranslation('desk');
  const say = useBilingual();
  return (
    <section className={styles.strip} aria-label={t('hang-up.title')} data-testid="hang-up-guard">
      {grace ? <Grace until={grace.until} /> : <p>{t('hang-up.while-held')}</p>}
      <div className={styles.row}>
        {grace ? (
          <KeyButton
            action="withdraw"
            label={t('hang-up.withdraw')}
            testId="withdraw-hang-up"
            disabled={!mayWithdraw}
            onClick={onWithdraw}
          />
        ) : (
          <Button onClick={onClose}>{t('cancel')}</Button>
        )}
      </div>
      <h2>{t('hang-up.end-now')}</h2>
      <div className={styles.reasons} data-testid="hang-up-reasons">
        {policy.hangUp.reasons.map(({ code, label }) => (
          <Button
            key={code}
            size="small"
            disabled={!mayEnd}
            data-testid={`hang-up-reason-${code}`}
            onClick={() => onEndNow(code)}
          >
            {say(label)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Grace({ until }: { until: string }) {
  const { t } = useTranslation('desk');
  const seconds = useSecondsUntil(until);
  return (
    <p role="status" className={styles.say} data-testid="grace">
      <strong>{t('hang-up.waiting')}</strong>{' '}
      <span className="tabular">{t('hang-up.grace', { seconds })}</span>
    </p>
  );
}
