import type { FlowNumber, FlowParts } from '@contracts/flow';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/error-state';
import { Loading } from '../../ui/loading';
import styles from '../settings.module.css';
import { firstDraft } from './flow-draft';
import { FlowEditor } from './flow-editor';
import { useFlow, useFlowNumbers, useFlowParts } from './use-flows';

/** What callers of each service number hear and are asked before the queue. */
export default function FlowsPage() {
  const { t } = useTranslation(['flows', 'settings', 'calls']);
  const numbers = useFlowNumbers();
  const parts = useFlowParts();
  const [chosen, setChosen] = useState<string>();
  const failed = [numbers, parts].find((query) => query.isError && !query.data);
  if (failed) return <ErrorState error={failed.error} onRetry={() => failed.refetch()} />;
  if (!numbers.data || !parts.data) return <Loading />;
  const entry = numbers.data.find(({ number }) => number === chosen) ?? numbers.data[0];
  if (!entry) return <EmptyState title={t('no-numbers')} hint={t('no-numbers-hint')} />;
  return (
    <>
      <header className={styles.head}>
        <h1>{t('settings:page.flows')}</h1>
        <Segmented
          aria-label={t('number')}
          value={entry.number}
          options={numbers.data.map(({ number, queueName }) => ({
            value: number,
            label: `${number} · ${queueName}`,
          }))}
          onChange={setChosen}
        />
        <span className="soft" data-testid="flow-version" data-version={entry.flow?.version ?? 0}>
          {entry.flow
            ? t('version', { version: entry.flow.version, by: entry.flow.createdBy, why: entry.flow.why })
            : t('none')}
        </span>
      </header>
      <FlowOfNumber key={`${entry.number} ${entry.flow?.version ?? 0}`} entry={entry} parts={parts.data} />
    </>
  );
}

/** A published flow is loaded; a number without one begins with a draft. */
function FlowOfNumber({ entry, parts }: { entry: FlowNumber; parts: FlowParts }) {
  const { t } = useTranslation('flows');
  const mayWrite = useMay()('flows.write');
  const { number, flow, queueName } = entry;
  const version = flow?.version ?? 0;
  const current = useFlow(number, version);
  if (!flow) {
    if (!mayWrite) return <EmptyState title={t('none')} hint={t('none-hint')} />;
    const queueId = parts.queues.find((queue) => queue.number === number)?.id ?? '';
    const draft = firstDraft(t('first-name'), queueName, queueId);
    return <FlowEditor number={number} version={0} document={draft} parts={parts} mayWrite />;
  }
  if (current.isError && !current.data)
    return <ErrorState error={current.error} onRetry={() => current.refetch()} />;
  if (!current.data) return <Loading />;
  return (
    <FlowEditor
      number={number}
      version={version}
      document={current.data.document}
      parts={parts}
      mayWrite={mayWrite}
    />
  );
}
