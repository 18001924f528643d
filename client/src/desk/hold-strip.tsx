import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';
import { AskStrip } from './ask-strip';
import styles from './call-panel.module.css';

interface HoldStripProps {
  call: DeskCall;
  policy: PolicyDocument;
  onHold: (wish: { reason: string; consent: boolean; limitMs: number }) => Promise<string | null>;
  onCallBack: () => void;
  onClose: () => void;
}

/** Before a wait: why, whether the customer agrees, how long (clauses 24.13, 26.4). No consent, no hold. */
export function HoldStrip({ call, policy, onHold, onCallBack, onClose }: HoldStripProps) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const [reason, setReason] = useState('');
  const [consent, setConsent] = useState<boolean | null>(null);
  const [limitMs, setLimitMs] = useState(policy.hold.limitChoicesMs[1] ?? policy.hold.limitChoicesMs[0] ?? 0);
  const [declined, setDeclined] = useState(false);
  const [sending, setSending] = useState(false);

  const submit = async () => {
    if (!reason || consent === null || sending) return;
    setSending(true);
    const refused = await onHold({ reason, consent, limitMs });
    setSending(false);
    if (refused === null) onClose();
    setDeclined(refused === 'hold.no-consent');
  };

  return (
    <AskStrip
      kind="hold"
      title={t('hold.title')}
      ask={say(call.script.holdAsk)}
      consent={consent}
      onConsent={setConsent}
      declined={declined}
      complete={reason !== '' && consent !== null}
      sending={sending}
      start={t('hold.start')}
      onSubmit={submit}
      onCallBack={onCallBack}
      onClose={onClose}
      afterConsent={
        <>
          <h2>{t('hold.limit')}</h2>
          <Radio.Group
            optionType="button"
            value={limitMs}
            onChange={(event) => setLimitMs(event.target.value)}
            options={policy.hold.limitChoicesMs.map((ms) => ({
              value: ms,
              label: t('hold.seconds', { seconds: ms / 1000 }),
            }))}
            data-testid="hold-limit"
          />
        </>
      }
    >
      <h2>{t('hold.reason')}</h2>
      <Radio.Group
        className={styles.choices ?? ''}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        options={policy.hold.reasons.map(({ code, label }) => ({ value: code, label: say(label) }))}
        data-testid="hold-reason"
      />
    </AskStrip>
  );
}
