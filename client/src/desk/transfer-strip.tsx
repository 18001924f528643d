import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { type TransferMode, transferTargetsSchema } from '@contracts/transfer';
import { useQuery } from '@tanstack/react-query';
import { Input, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchJson } from '../app/api';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { useBilingual } from '../ui/use-bilingual';
import { AskStrip } from './ask-strip';
import styles from './call-panel.module.css';
import { type TransferChoice, transferChoices } from './transfer-choices';
import type { TransferForm } from './use-call-actions';

interface TransferStripProps {
  call: DeskCall;
  policy: PolicyDocument;
  mode: TransferMode;
  onAsk: (wish: TransferForm) => Promise<string | null>;
  onCallBack: () => void;
  onClose: () => void;
}

const lookEveryMs = 3_000;

/** Before a transfer: to whom, why, what about, and whether the customer agrees (clauses 24.13, 26.6, 26.8). */
export function TransferStrip({ call, policy, mode, onAsk, onCallBack, onClose }: TransferStripProps) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState('');
  const [reason, setReason] = useState('');
  const [matter, setMatter] = useState(call.draft.note ?? '');
  const [consent, setConsent] = useState<boolean | null>(null);
  const [declined, setDeclined] = useState(false);
  const [sending, setSending] = useState(false);
  const targets = useQuery({
    queryKey: ['transfer-targets'],
    queryFn: ({ signal }) => fetchJson('/api/transfer-targets', transferTargetsSchema, undefined, signal),
    refetchInterval: lookEveryMs,
    staleTime: 0,
  });
  const choices = targets.data ? transferChoices(targets.data, typed) : [];
  const target = choices.find(({ key }) => key === chosen);
  const complete = target?.free === true && reason !== '' && consent !== null;

  const submit = async () => {
    if (!complete || sending) return;
    setSending(true);
    const refused = await onAsk({ target: target.wish, reason, consent, matter: matter.trim() });
    setSending(false);
    setDeclined(refused === 'transfer.no-consent');
    if (refused === null) onClose();
  };

  return (
    <AskStrip
      kind="transfer"
      title={t(`transfer.title.${mode}`)}
      mode={mode}
      ask={say(call.script.transferAsk)}
      consent={consent}
      onConsent={setConsent}
      declined={declined}
      complete={complete}
      sending={sending}
      start={t(`transfer.start.${mode}`)}
      onSubmit={submit}
      onCallBack={onCallBack}
      onClose={onClose}
    >
      <h2>{t('transfer.to')}</h2>
      <Input
        value={typed}
        maxLength={40}
        placeholder={t('transfer.search')}
        aria-label={t('transfer.search')}
        data-testid="transfer-search"
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen('');
        }}
      />
      <div className={styles.targets} data-testid="transfer-targets">
        {targets.isPending && <Loading />}
        {targets.isError && <ErrorState error={targets.error} onRetry={() => targets.refetch()} />}
        {targets.data && choices.length === 0 && <p className="soft">{t('transfer.nobody')}</p>}
        <Radio.Group
          className={styles.choices ?? ''}
          value={chosen}
          onChange={(event) => setChosen(event.target.value)}
        >
          {choices.map((choice) => (
            <Radio
              key={choice.key}
              value={choice.key}
              disabled={!choice.free}
              data-testid={`target-${choice.key}`}
            >
              <ChoiceLine choice={choice} />
            </Radio>
          ))}
        </Radio.Group>
      </div>
      <h2>{t('transfer.reason')}</h2>
      <Radio.Group
        className={styles.choices ?? ''}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        options={policy.transfer.reasons.map(({ code, label }) => ({ value: code, label: say(label) }))}
        data-testid="transfer-reason"
      />
      <h2>{t('transfer.matter')}</h2>
      <Input.TextArea
        value={matter}
        rows={2}
        maxLength={500}
        placeholder={t('transfer.matter-hint')}
        aria-label={t('transfer.matter')}
        data-testid="transfer-matter"
        onChange={(event) => setMatter(event.target.value)}
      />
    </AskStrip>
  );
}

function ChoiceLine({ choice }: { choice: TransferChoice }) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const { kind, number, state, agentsReady, waiting } = choice;
  const hint = () => {
    if (kind === 'agent') return t(`ui:state.${state}`);
    if (kind === 'queue') return t('transfer.queue-hint', { ready: agentsReady, waiting });
    return t(`transfer.kind.${kind}`);
  };
  return (
    <span>
      <span className="tabular">{number}</span> {say(choice)} <span className="soft">{hint()}</span>
    </span>
  );
}
