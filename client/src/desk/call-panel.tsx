import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keypad } from '../softphone/keypad';
import { AwayNotice } from './away-notice';
import { BriefingCard } from './briefing-card';
import styles from './call-panel.module.css';
import { CallerHeader } from './caller-header';
import { ConsultBar, TransferFailed } from './consult-bar';
import { HangUpGuard } from './hang-up-guard';
import { HoldBar } from './hold-bar';
import { HoldStrip } from './hold-strip';
import { KeyButton } from './key-button';
import { MemberList } from './member-list';
import { RingCircle } from './ring-circle';
import { type Drawer, TalkButtons } from './talk-buttons';
import { TransferStrip } from './transfer-strip';
import { type CallActions, useCallActions } from './use-call-actions';
import { useDeskKeys } from './use-desk-keys';

interface CallPanelProps {
  call: DeskCall;
  policy: PolicyDocument;
  /** The customer would rather be called back: the note is begun. */
  onCallBack: () => void;
}

/** The call itself: who, since when, and what can be done with it now. */
export function CallPanel({ call, policy, onCallBack }: CallPanelProps) {
  const { t } = useTranslation('desk');
  const actions = useCallActions(call);
  const [drawer, setDrawer] = useState<Drawer>(null);
  const open = usableDrawer(drawer, actions);
  const toggle = (wanted: Drawer) => setDrawer(open === wanted ? null : wanted);
  const hangUp = () => (call.phase === 'held' ? toggle('hang-up') : actions.hangUp());
  const { may } = actions;

  useDeskKeys({
    ...(may('answer-call') && actions.phoneRings ? { answer: actions.answer } : {}),
    ...(may('reject-call') ? { reject: actions.reject } : {}),
    ...(may('mute-call') || may('unmute-call') ? { mute: actions.toggleMute } : {}),
    ...(may('hold-call') ? { hold: () => toggle('hold') } : {}),
    ...(may('resume-call') ? { resume: actions.resume } : {}),
    ...(may('send-digits') ? { keypad: () => toggle('keypad') } : {}),
    ...(may('hang-up-call') && !call.timers.grace ? { 'hang-up': hangUp } : {}),
    ...(may('withdraw-hang-up') ? { withdraw: actions.withdraw } : {}),
    ...(may('transfer-call') ? { transfer: () => toggle('transfer') } : {}),
    ...(may('invite-to-call') ? { invite: () => toggle('invite') } : {}),
    ...(may('complete-transfer') ? { complete: actions.complete } : {}),
    ...(may('swap-transfer') ? { swap: actions.swap } : {}),
    ...(may('merge-transfer') ? { merge: actions.merge } : {}),
    ...(may('withdraw-transfer') ? { back: actions.back } : {}),
    ...(may('leave-conference') ? { leave: actions.leave } : {}),
    ...(may('call-for-help') || may('withdraw-call-for-help') ? { 'call-lead': actions.callLead } : {}),
  });

  return (
    <section className={styles.panel} aria-label={t('call.title')} data-testid="call" data-phase={call.phase}>
      <CallerHeader call={call} />
      <AwayNotice call={call} />
      {stage(call) === 'ring' && call.timers.ring && <RingCircle timer={call.timers.ring} />}
      {call.phase === 'held' && call.timers.hold && (
        <HoldBar timer={call.timers.hold} alarm={call.holdAlarm} />
      )}
      {call.briefing && <BriefingCard briefing={call.briefing} policy={policy} />}
      {call.transfer && <ConsultBar call={call} transfer={call.transfer} policy={policy} actions={actions} />}
      <TransferFailed call={call} />
      {stage(call) === 'ring' && <RingButtons actions={actions} />}
      {stage(call) === 'talk' && (
        <TalkButtons call={call} actions={actions} open={open} onToggle={toggle} onHangUp={hangUp} />
      )}
      {open === 'hold' && (
        <HoldStrip
          call={call}
          policy={policy}
          onHold={actions.hold}
          onCallBack={onCallBack}
          onClose={() => setDrawer(null)}
        />
      )}
      {(open === 'transfer' || open === 'invite') && (
        <TransferStrip
          key={open}
          call={call}
          policy={policy}
          mode={open === 'invite' ? 'join' : 'consult'}
          onAsk={(wish) => actions.transfer(open === 'invite' ? 'join' : 'consult', wish)}
          onCallBack={onCallBack}
          onClose={() => setDrawer(null)}
        />
      )}
      {open === 'keypad' && (
        <Keypad label={t('keypad')} disabled={!may('send-digits')} onDigit={actions.digit} />
      )}
      {stage(call) === 'talk' && <MemberList call={call} actions={actions} />}
      {(call.timers.grace || open === 'hang-up') && (
        <HangUpGuard
          grace={call.timers.grace}
          policy={policy}
          mayWithdraw={may('withdraw-hang-up')}
          mayEnd={may('hang-up-call')}
          onEndNow={actions.hangUp}
          onWithdraw={actions.withdraw}
          onClose={() => setDrawer(null)}
        />
      )}
    </section>
  );
}

function stage({ phase, state }: DeskCall): 'ring' | 'talk' | 'after' {
  // The own phone of somebody who dials out answers by itself.
  if (state === 'dialling') return 'talk';
  if (phase === 'offered' || phase === 'ringing') return 'ring';
  return phase === 'talking' || phase === 'held' || phase === 'consulted' ? 'talk' : 'after';
}

/** A strip for something that is no longer possible closes by itself. */
function usableDrawer(drawer: Drawer, { may }: CallActions): Drawer {
  const needs = {
    hold: 'hold-call',
    keypad: 'send-digits',
    'hang-up': 'hang-up-call',
    transfer: 'transfer-call',
    invite: 'invite-to-call',
  } as const;
  return drawer && may(needs[drawer]) ? drawer : null;
}

function RingButtons({ actions }: { actions: CallActions }) {
  const { t } = useTranslation('desk');
  return (
    <div className={styles.buttons}>
      <KeyButton
        action="answer"
        label={t('call.answer')}
        testId="answer"
        type="primary"
        size="large"
        loading={actions.busy}
        disabled={!actions.may('answer-call') || !actions.phoneRings}
        onClick={actions.answer}
      />
      <KeyButton
        action="reject"
        label={t('call.reject')}
        testId="reject"
        disabled={!actions.may('reject-call')}
        onClick={actions.reject}
      />
    </div>
  );
}
