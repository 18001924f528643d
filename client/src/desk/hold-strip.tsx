import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { Button, Radio } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';
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
  const strip = useRef<HTMLFormElement>(null);

  // The keyboard goes on here: arrows choose, Tab moves on, Enter holds.
  useEffect(() => strip.current?.querySelector('input')?.focus(), []);

  const submit = async () => {
    if (!reason || consent === null || sending) return;
    setSending(true);
    const refused = await onHold({ reason, consent, limitMs });
    setSending(false);
    if (refused === null) onClose();
    setDeclined(refused === 'hold.no-consent');
  };

  return (
    <form
      ref={strip}
      className={styles.strip}
      aria-label={t('hold.title')}
      data-testid="hold-strip"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={styles.say}>{say(call.script.holdAsk)}</p>
      <h2>{t('hold.reason')}</h2>
      <Radio.Group
        className={styles.choices ?? ''}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        options={policy.hold.reasons.map(({ code, label }) => ({ value: code, label: say(label) }))}
        data-testid="hold-reason"
      />
      <h2>{t('hold.consent')}</h2>
      <Radio.Group
        optionType="button"
        value={consent}
        onChange={(event) => setConsent(event.target.value)}
        options={[
          { value: true, label: t('hold.agreed') },
          { value: false, label: t('hold.refused') },
        ]}
        data-testid="hold-consent"
      />
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
      {declined && (
        <p role="alert" className={styles.declined} data-testid="hold-declined">
          {t('hold.declined')}{' '}
          <Button size="small" data-testid="call-back-note" onClick={onCallBack}>
            {t('hold.call-back')}
          </Button>
        </p>
      )}
      <div className={styles.row}>
        <Button
          type="primary"
          htmlType="submit"
          disabled={!reason || consent === null}
          loading={sending}
          data-testid="hold-confirm"
        >
          {consent === false ? t('hold.note-refusal') : t('hold.start')}
        </Button>
        <Button onClick={onClose}>{t('cancel')}</Button>
      </div>
    </form>
  );
}
