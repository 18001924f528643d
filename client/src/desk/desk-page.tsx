import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { usePolicy } from '../calls/use-policy';
import { useDesk } from '../realtime/connection-context';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import { CallPanel } from './call-panel';
import { CustomerTabs } from './customer-tabs';
import { DeskHeader } from './desk-header';
import styles from './desk-page.module.css';
import { DialPanel } from './dial-panel';
import { IdlePanel } from './idle-panel';
import { KeyList } from './key-list';
import { LevelStrip } from './level-strip';
import { ScriptPanel } from './script-panel';
import { useDeskKeys } from './use-desk-keys';
import { useWrapUpDraft } from './use-wrap-up-draft';
import { VerdictStrip } from './verdict-strip';
import { WrapUpForm } from './wrap-up-form';

/** The agent's desk; for others it says why there is none. */
export default function DeskPage() {
  const { t } = useTranslation('desk');
  return useMay()('call.handle') ? (
    <Desk />
  ) : (
    <EmptyState title={t('no-desk.title')} hint={t('no-desk.hint')} />
  );
}

function Desk() {
  const { t } = useTranslation('desk');
  const loaded = useDesk((desk) => desk.loaded);
  const call = useDesk((desk) => desk.call);
  const policy = usePolicy();
  const [keysOpen, setKeysOpen] = useState(false);
  useDeskKeys({ help: () => setKeysOpen((open) => !open) });
  if (!loaded || !policy) return <Loading />;
  return (
    <div className={styles.desk}>
      <h1 className="visually-hidden">{t('title')}</h1>
      <DeskHeader onKeys={() => setKeysOpen(true)} />
      {call ? <AtCall key={call.handlingId} call={call} policy={policy} /> : <Free policy={policy} />}
      <LevelStrip call={call} />
      <KeyList open={keysOpen} onClose={() => setKeysOpen(false)} />
    </div>
  );
}

function Free({ policy }: { policy: PolicyDocument }) {
  const mayDial = useMay()('call.dial');
  return (
    <div className={styles.free}>
      <IdlePanel />
      {mayDial && <DialPanel policy={policy} />}
    </div>
  );
}

function AtCall({ call, policy }: { call: DeskCall; policy: PolicyDocument }) {
  const { t } = useTranslation('desk');
  const keeper = useWrapUpDraft(call);
  const note = useRef<HTMLTextAreaElement | null>(null);
  useDeskKeys({ note: () => note.current?.focus() });

  const noteCallBack = () => {
    const { draft } = keeper.state.getState();
    const callBack = policy.wrapUp.outcomes.find(({ code }) => code === 'call-back');
    keeper.change({
      followUp: draft.followUp || t('hold.call-back-text'),
      ...(callBack ? { outcome: callBack.code } : {}),
    });
    document.getElementById('wrapup-followUp')?.focus();
  };

  return (
    <div className={styles.columns}>
      <div className={styles.callColumn}>
        <CallPanel call={call} policy={policy} onCallBack={noteCallBack} />
        <VerdictStrip call={call} policy={policy} />
      </div>
      <div className={styles.panel}>
        <ScriptPanel call={call} />
      </div>
      <div className={styles.side}>
        <div className={styles.panel}>
          <CustomerTabs call={call} timeZone={policy.timeZone} />
        </div>
        <div className={styles.wrapUp}>
          <WrapUpForm call={call} policy={policy} keeper={keeper} noteRef={note} />
        </div>
      </div>
    </div>
  );
}
