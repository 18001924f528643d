import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Caller as CallerNumber } from '../calls/caller';
import { Keypad } from '../softphone/keypad';
import { Duration } from '../ui/duration';
import { StateTag } from '../ui/state-tag';
import type { StateName } from '../ui/tokens';
import styles from './call-panel.module.css';
import { HangUpGuard } from './hang-up-guard';
import { HoldBar } from './hold-bar';
import { HoldStrip } from './hold-strip';
import { KeyButton } from './key-button';
import { RingCircle } from './ring-circle';
import { type CallActions, useCallActions } from './use-call-actions';
import { useDeskKeys } from './use-desk-keys';

type Drawer = 'hold' | 'keypad' | 'hang-up' | null;

interface CallPanelProps {
  call: DeskCall;
  policy: PolicyDocument;
  /** The customer would rather be called back: the note is begun. */
  onCallBack: () => void;
}

const stateOf: Partial<Record<DeskCall['phase'], StateName>> = {
  offered: 'ringing',
  ringing: 'ringing',
  talking: 'talking',
  held: 'held',
  'wrap-up': 'wrap-up',
};

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
  });

  return (
    <section className={styles.panel} aria-label={t('call.title')} data-testid="call" data-phase={call.phase}>
      <Caller call={call} />
      {call.phase === 'ringing' && call.timers.ring && <RingCircle timer={call.timers.ring} />}
      {call.phase === 'held' && call.timers.hold && (
        <HoldBar timer={call.timers.hold} alarm={call.holdAlarm} />
      )}
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
      {open === 'keypad' && (
        <Keypad label={t('keypad')} disabled={!may('send-digits')} onDigit={actions.digit} />
      )}
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

function stage({ phase }: DeskCall): 'ring' | 'talk' | 'after' {
  if (phase === 'offered' || phase === 'ringing') return 'ring';
  return phase === 'talking' || phase === 'held' ? 'talk' : 'after';
}

/** A strip for something that is no longer possible closes by itself. */
function usableDrawer(drawer: Drawer, { may }: CallActions): Drawer {
  const needs = { hold: 'hold-call', keypad: 'send-digits', 'hang-up': 'hang-up-call' } as const;
  return drawer && may(needs[drawer]) ? drawer : null;
}

function Caller({ call }: { call: DeskCall }) {
  const { t } = useTranslation('desk');
  const state = stateOf[call.phase] ?? 'offline';
  return (
    <header className={styles.caller}>
      <div className={styles.number} data-testid="from-number">
        {call.fromNumber ? <CallerNumber number={call.fromNumber} /> : t('call.no-number')}
      </div>
      <div className="soft">
        {[callerName(call), call.queueName, t(`call.${call.channel}`)].filter(Boolean).join(' · ')}
      </div>
      <div className={styles.row}>
        <StateTag state={state} strong>
          {t(`phase.${call.phase}`)}
        </StateTag>
        {call.answeredAt && (
          <span className={styles.timer}>
            <Duration since={call.answeredAt} until={call.endedAt} />
          </span>
        )}
        {call.muted && <StateTag state="breach">{t('call.muted')}</StateTag>}
      </div>
      {call.endedBy && <div className="soft">{t(`call.ended-by.${call.endedBy}`)}</div>}
    </header>
  );
}

/** A web phone has no name of its own: what it sends says no more than the channel does. */
function callerName({ channel, fromName }: DeskCall): string {
  return channel === 'web' ? '' : fromName;
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

interface TalkButtonsProps {
  call: DeskCall;
  actions: CallActions;
  open: Drawer;
  onToggle: (drawer: Drawer) => void;
  onHangUp: () => void;
}

function TalkButtons({ call, actions, open, onToggle, onHangUp }: TalkButtonsProps) {
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
    </div>
  );
}
