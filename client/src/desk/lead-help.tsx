import type { DeskCall } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import styles from './call-panel.module.css';
import { KeyButton } from './key-button';
import type { CallActions } from './use-call-actions';

/** Clause 20: one key calls a lead; below it who is there, as far as the house lets the agent know. */
export function LeadHelp({ call, actions }: { call: DeskCall; actions: CallActions }) {
  const { t } = useTranslation('desk');
  const { may } = actions;
  const called = call.helpCalledAt !== null;
  return (
    <>
      <KeyButton
        action="call-lead"
        label={t(called ? 'help.withdraw' : 'help.call')}
        testId="call-lead"
        danger={called}
        aria-pressed={called}
        disabled={!may('call-for-help') && !may('withdraw-call-for-help')}
        onClick={actions.callLead}
      />
      <div role="status" className={styles.helpers} data-testid="helpers">
        {call.helpCalledAt && call.helpers.length === 0 && (
          <StateTag state="held">
            {t('help.called')} <Duration since={call.helpCalledAt} />
          </StateTag>
        )}
        {call.helpers.map(({ leadName, mode }) => (
          <StateTag key={leadName} state="talking">
            {t(`help.here.${mode}`, { name: leadName })}
          </StateTag>
        ))}
      </div>
    </>
  );
}
