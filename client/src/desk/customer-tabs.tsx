import type { DeskCall } from '@contracts/call';
import { callSummarySchema, pageOf } from '@contracts/call';
import { useQuery } from '@tanstack/react-query';
import { Tabs } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchJson } from '../app/api';
import { Caller } from '../calls/caller';
import { houseDateTime } from '../calls/house-time';
import { OutcomeMark } from '../calls/outcome-mark';
import { defaultTimeZone } from '../calls/use-policy';
import { useConnection } from '../realtime/connection-context';
import { Duration } from '../ui/duration';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import styles from './customer-tabs.module.css';

type TabName = 'customer' | 'history';

/** Who calls, and what came before. */
export function CustomerTabs({ call, timeZone }: { call: DeskCall; timeZone: string }) {
  const { t } = useTranslation('desk');
  const [tab, setTab] = useState<TabName>('customer');
  const earlier = useEarlierCalls(call);
  useFileShown(call, tab === 'customer');
  // A new call begins with the customer's file, whatever was open before.
  // biome-ignore lint/correctness/useExhaustiveDependencies: per handling
  useEffect(() => setTab('customer'), [call.handlingId]);
  return (
    <Tabs
      size="small"
      activeKey={tab}
      onChange={(key) => setTab(key === 'history' ? 'history' : 'customer')}
      items={[
        {
          key: 'customer',
          label: t('customer.title'),
          children: <CustomerFile call={call} earlier={earlier} timeZone={timeZone} />,
        },
        {
          key: 'history',
          label: t('history.title', { count: earlier.data?.length ?? 0 }),
          children: <History earlier={earlier} timeZone={timeZone} />,
        },
      ]}
    />
  );
}

function useEarlierCalls({ callId, fromNumber }: DeskCall) {
  return useQuery({
    queryKey: ['calls', 'history-of', callId],
    enabled: fromNumber !== '',
    queryFn: async ({ signal }) => {
      const query = { historyOf: callId, limit: 20 };
      return (await fetchJson('/api/calls', pageOf(callSummarySchema), query, signal)).items;
    },
  });
}

type Earlier = ReturnType<typeof useEarlierCalls>;

/** Clause 23.5: the file is in view while it rings; told once a handling. */
function useFileShown({ callId, handlingId, phase }: DeskCall, inView: boolean): void {
  const connection = useConnection();
  const told = useRef('');
  useEffect(() => {
    const show = () => {
      if (phase !== 'ringing' || !inView || document.hidden || told.current === handlingId) return;
      told.current = handlingId;
      connection.command('file-shown', { callId }).then((answer) => {
        if (!answer.ok) console.warn('the shown file could not be told', answer.refusal.code);
      });
    };
    show();
    document.addEventListener('visibilitychange', show);
    return () => document.removeEventListener('visibilitychange', show);
  }, [connection, callId, handlingId, phase, inView]);
}

interface EarlierProps {
  earlier: Earlier;
  timeZone: string;
}

function CustomerFile({ call, earlier, timeZone }: EarlierProps & { call: DeskCall }) {
  const { t } = useTranslation('desk');
  const last = earlier.data?.[0];
  return (
    <dl className={styles.file} data-testid="customer">
      <dt>{t('customer.number')}</dt>
      <dd>
        {call.fromNumber ? (
          <Caller number={call.fromNumber} callId={call.callId} offer={call.answeredAt !== null} />
        ) : (
          t('call.no-number')
        )}
      </dd>
      <dt>{t('customer.name')}</dt>
      <dd>{call.fromName || t('customer.unknown')}</dd>
      <dt>{t('customer.dialled')}</dt>
      <dd>
        {call.serviceName} <span className="soft">{call.dialled}</span>
      </dd>
      <dt>{t('customer.before')}</dt>
      <dd>
        {earlier.data && t('customer.times', { count: earlier.data.length })}
        {last && <span className="soft"> {houseDateTime(last.arrivedAt, timeZone)}</span>}
      </dd>
    </dl>
  );
}

function History({ earlier, timeZone }: EarlierProps) {
  const { t } = useTranslation('desk');
  if (earlier.isPending && earlier.fetchStatus !== 'idle') return <Loading />;
  if (earlier.isError) return <ErrorState error={earlier.error} onRetry={() => earlier.refetch()} />;
  if (!earlier.data?.length) return <EmptyState title={t('history.empty')} hint={t('history.empty-hint')} />;
  return (
    <ul className={styles.history} data-testid="history">
      {earlier.data.map((call) => (
        <li key={call.id}>
          <span className="tabular">{houseDateTime(call.arrivedAt, timeZone || defaultTimeZone)}</span>
          <OutcomeMark outcome={call.outcome} />
          {call.talkedMs !== null && <Duration ms={call.talkedMs} />}
          <span className="soft">{call.agents.map(({ agentNumber }) => agentNumber).join(' ')}</span>
        </li>
      ))}
    </ul>
  );
}
