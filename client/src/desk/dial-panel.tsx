import { checkedNumberSchema, phoneBookEntrySchema } from '@contracts/dialling';
import type { PolicyDocument } from '@contracts/policy';
import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Button, Input, Select, Tag } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { fetchJson, request } from '../app/api';
import { useCommand, useConnectionStatus, useDesk } from '../realtime/connection-context';
import { usePhone } from '../softphone/softphone-context';
import { useBilingual } from '../ui/use-bilingual';
import { useRefusalLine } from '../ui/use-refusal-text';
import { useCallBack } from './call-back';
import styles from './dial-panel.module.css';
import { KeyButton } from './key-button';
import { useDeskKeys } from './use-desk-keys';

const bookSchema = z.array(phoneBookEntrySchema);
/** Shorter texts are nobody's number yet. */
const shortest = 3;

/** An outbound call begins with why and what is to be said (clause 25); the server says whether it may be dialled. */
export function DialPanel({ policy }: { policy: PolicyDocument }) {
  const { t } = useTranslation('desk');
  const say = useBilingual();
  const command = useCommand();
  const presence = useDesk((desk) => desk.presence);
  const connected = useConnectionStatus() === 'connected';
  const phoneReady = usePhone(({ status }) => status === 'ready');
  const [number, setNumber] = useState('');
  const [purpose, setPurpose] = useState<string | null>(null);
  const [points, setPoints] = useState('');
  const [sending, setSending] = useState(false);
  const { customer, forget } = useCallBack();
  const check = useNumberCheck(customer ? '' : number);
  const book = useQuery({
    queryKey: ['phone-book'],
    queryFn: ({ signal }) => fetchJson('/api/phone-book', bookSchema, undefined, signal),
  });
  const free = connected && phoneReady && (presence?.state === 'ready' || presence?.state === 'not-ready');
  // Who calls for help writes nothing first; the server asks the same.
  const prepared = purpose !== null && (points.trim() !== '' || check.data?.destination === 'emergency');
  const named = customer !== null || (number.trim().length >= shortest && check.data?.allowed !== false);
  const complete = free && prepared && named;

  const dial = async () => {
    if (!complete || sending) return;
    setSending(true);
    const whom = customer ? { customerOf: customer.callId } : { number: number.trim() };
    const answer = await command('dial-number', { ...whom, purpose, points: points.trim() });
    if (answer.ok) forget();
    setSending(false);
  };
  useDeskKeys({ dial: () => document.getElementById('dial-number')?.focus() });

  return (
    <form
      className={styles.panel}
      aria-label={t('dial.title')}
      data-testid="dial"
      onSubmit={(event) => {
        event.preventDefault();
        dial();
      }}
    >
      <h2>{t('dial.title')}</h2>
      <label htmlFor="dial-number">{t('dial.number')}</label>
      {customer ? (
        <Tag closable onClose={forget} className={styles.customer ?? ''} data-testid="dial-customer">
          {t('dial.customer', { number: customer.number })}
        </Tag>
      ) : (
        <AutoComplete
          id="dial-number"
          value={number}
          allowClear
          placeholder={t('dial.number-hint')}
          data-testid="dial-number"
          options={(book.data ?? []).map((entry) => ({
            value: entry.number,
            label: `${entry.number} ${say(entry)}`,
          }))}
          showSearch={{ filterOption: (text, option) => (option?.label ?? '').includes(text) }}
          onChange={(value) => setNumber(value ?? '')}
        />
      )}
      <NumberCheck check={check} />
      <label htmlFor="dial-purpose">{t('dial.purpose')}</label>
      <Select
        id="dial-purpose"
        value={purpose}
        placeholder={t('dial.purpose-hint')}
        data-testid="dial-purpose"
        options={policy.outbound.purposes.map(({ code, label }) => ({ value: code, label: say(label) }))}
        onChange={setPurpose}
      />
      <label htmlFor="dial-points">{t('dial.points')}</label>
      <Input.TextArea
        id="dial-points"
        value={points}
        rows={3}
        maxLength={2000}
        placeholder={t('dial.points-hint')}
        data-testid="dial-points"
        onChange={(event) => setPoints(event.target.value)}
      />
      <div className={styles.foot}>
        <KeyButton
          action="dial"
          label={t('dial.start')}
          testId="dial-start"
          type="primary"
          htmlType="submit"
          loading={sending}
          disabled={!complete}
        />
        <Button
          onClick={() => {
            forget();
            setNumber('');
            setPurpose(null);
            setPoints('');
          }}
        >
          {t('dial.clear')}
        </Button>
      </div>
      {!free && <p className="soft">{t('dial.not-free')}</p>}
    </form>
  );
}

function useNumberCheck(number: string) {
  const typed = useDeferredValue(number.trim());
  return useQuery({
    queryKey: ['number-check', typed],
    enabled: typed.length >= shortest,
    retry: false,
    queryFn: ({ signal }) =>
      request('POST', '/api/dialling/check', {
        body: { number: typed },
        answer: checkedNumberSchema,
        signal,
      }),
  });
}

/** What would become of the typed number, before anything is dialled. */
function NumberCheck({ check }: { check: ReturnType<typeof useNumberCheck> }) {
  const { t } = useTranslation('desk');
  const line = useRefusalLine();
  const { data, error } = check;
  const refused = error !== null || data?.allowed === false;
  return (
    <p
      role="status"
      className={refused ? styles.refused : styles.checked}
      data-testid="number-check"
      data-allowed={data ? data.allowed : undefined}
    >
      {error && line(error)}
      {data && `${data.display} · ${t(`dial.destination.${data.destination}`)}`}
      {data?.allowed === false && ` · ${t('dial.not-allowed')}`}
    </p>
  );
}
