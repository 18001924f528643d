import type { DeskCall } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import styles from './call-panel.module.css';
import { KeyButton } from './key-button';
import { LeadHelp } from './lead-help';
import type { CallActions } from './use-call-actions';

/** What can be opened under the buttons, one at a time. */
export type Drawer = 'hold' | 'keypad' | 'hang-up' | 'transfer' | 'invite' | null;

interface TalkButtonsProps {
  call: DeskCall;
  actions: CallActions;
  open: Drawer;
  onToggle: (drawer: Drawer) => void;
  onHangUp: () => void;
}

/** The buttons of a talk; what is not possible now stays in its place, greyed. */
export function TalkButtons({ call, actions, open, onToggle, onHangUp }: TalkButtonsProps) {
  const { t } = useTranslation('desk');
  const { may } = actions;
  const held = call.phase === 'held';
  return (
    <div className={styles.grid}>
      {held ? (
        <KeyButton
          action="resume"
          label={t('call.resume')}
          testId="resume"
          type="primary"
          disabled={!may('resume-call')}
          onClick={actions.resume}
        />
      ) : (
        <KeyButton
          action="hold"
          label={t('call.hold')}
          testId="hold"
          aria-expanded={open === 'hold'}
          disabled={!may('hold-call')}
          onClick={() => onToggle('hold')}
        />
      )}
      <KeyButton
        action="transfer"
        label={t('transfer.open')}
        testId="transfer"
        aria-expanded={open === 'transfer'}
        disabled={!may('transfer-call')}
        onClick={() => onToggle('transfer')}
      />
      <KeyButton
        action="invite"
        label={t('transfer.invite')}
        testId="invite"
        aria-expanded={open === 'invite'}
        disabled={!may('invite-to-call')}
        onClick={() => onToggle('invite')}
      />
      <KeyButton
        action="mute"
        label={t(call.muted ? 'call.unmute' : 'call.mute')}
        testId="mute"
        aria-pressed={call.muted}
        disabled={!may('mute-call') && !may('unmute-call')}
        onClick={actions.toggleMute}
      />
      <KeyButton
        action="keypad"
        label={t('keypad')}
        testId="keypad"
        aria-expanded={open === 'keypad'}
        disabled={!may('send-digits')}
        onClick={() => onToggle('keypad')}
      />
      <KeyButton
        action="hang-up"
        label={t('call.hang-up')}
        testId="hang-up"
        danger
        disabled={!may('hang-up-call') || call.timers.grace !== null}
        onClick={onHangUp}
      />
      <LeadHelp call={call} actions={actions} />
    </div>
  );
}
