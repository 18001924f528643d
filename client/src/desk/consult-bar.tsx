import type { DeskCall, DeskTransfer } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useTranslation } from 'react-i18next';
import { StateTag } from '../ui/state-tag';
import type { StateName } from '../ui/tokens';
import { useBilingual } from '../ui/use-bilingual';
import { useSecondsUntil } from '../ui/use-now';
import styles from './call-panel.module.css';
import { KeyButton } from './key-button';
import type { CallActions } from './use-call-actions';

const stateOf: Record<DeskTransfer['state'], StateName> = {
  waiting: 'held',
  ringing: 'ringing',
  talking: 'talking',
  swapped: 'held',
};

/** The ways a transfer can go on, in the order of their buttons. */
const transferKeys = [
  { action: 'complete', command: 'complete-transfer' },
  { action: 'back', command: 'withdraw-transfer' },
  { action: 'swap', command: 'swap-transfer' },
  { action: 'merge', command: 'merge-transfer' },
] as const;

interface ConsultBarProps {
  call: DeskCall;
  transfer: DeskTransfer;
  policy: PolicyDocument;
  actions: CallActions;
}

/** A transfer under way: with whom, how far, and the ways it can go on (clauses 26.6, 26.7). */
export function ConsultBar({ call, transfer, policy, actions }: ConsultBarProps) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const { may } = actions;
  const reason = policy.transfer.reasons.find(({ code }) => code === transfer.reason);
  const waits = transfer.mode === 'consult' && transfer.state !== 'swapped';
  return (
    <section
      className={styles.strip}
      aria-label={t(`transfer.title.${transfer.mode}`)}
      data-testid="consult-bar"
      data-state={transfer.state}
    >
      <div className={styles.row}>
        <StateTag state={stateOf[transfer.state]} strong>
          {t(`transfer.state.${transfer.state}`)}
        </StateTag>
        <strong data-testid="consult-target">
          <TargetName target={transfer.target} />
        </strong>
      </div>
      <div className="soft" role="status">
        {reason && say(reason.label)}
        {transfer.answeredAt === null && <Patience until={transfer.patienceUntil} />}
        {waits && call.phase === 'held' && ` · ${t('transfer.customer-waits')}`}
      </div>
      <div className={styles.grid}>
        {transferKeys.map(({ action, command }) => (
          <KeyButton
            key={action}
            action={action}
            label={t(`transfer.${action}`)}
            testId={command}
            type={action === 'complete' ? 'primary' : 'default'}
            disabled={!may(command)}
            onClick={actions[action]}
          />
        ))}
      </div>
    </section>
  );
}

function Patience({ until }: { until: string }) {
  const { t } = useTranslation('desk');
  return <span className="tabular"> · {t('transfer.patience', { seconds: useSecondsUntil(until) })}</span>;
}

/** The target as the desk may name it: an outside number comes masked. */
export function TargetName({ target }: { target: DeskTransfer['target'] }) {
  const { name, number } = target;
  return <span className="tabular">{[number, name].filter(Boolean).join(' ')}</span>;
}

/** The last transfer came to nothing and the customer is here again: why, and what to say. */
export function TransferFailed({ call }: { call: DeskCall }) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const failed = call.transferFailed;
  if (!failed || call.transfer || call.endedAt) return null;
  return (
    <div className={styles.notice} role="status" data-testid="transfer-failed" data-why={failed.why}>
      <strong>
        <TargetName target={failed.target} />: {t(`calls:transferFailure.${failed.why}`)}
      </strong>
      <p className={styles.say}>{say(call.script.holdThanks)}</p>
    </div>
  );
}
