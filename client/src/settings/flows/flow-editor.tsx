import { type FlowDocument, type FlowParts, flowStepKinds } from '@contracts/flow';
import { Alert, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state';
import { FaultList } from './fault-list';
import { addStep, changeStep, moveStep, removeStep } from './flow-draft';
import { FlowHead } from './flow-head';
import styles from './flows.module.css';
import { PublishForm } from './publish-form';
import { StepCard } from './step-card';
import { TryPanel } from './try-panel';
import { useFlowFaults } from './use-flows';

interface FlowEditorProps {
  number: string;
  /** The version that is changed; 0: the number has none yet. */
  version: number;
  document: FlowDocument;
  parts: FlowParts;
  mayWrite: boolean;
}

/** The steps of one number's flow, with what is wrong shown where it is wrong. */
export function FlowEditor({ number, version, document, parts, mayWrite }: FlowEditorProps) {
  const { t } = useTranslation('flows');
  const [draft, setDraft] = useState(document);
  const [publishing, setPublishing] = useState(false);
  const checked = useFlowFaults(draft);
  const faults = checked.data ?? [];
  const changed = version === 0 || JSON.stringify(draft) !== JSON.stringify(document);
  const disabled = !mayWrite;
  return (
    <div className={styles.columns}>
      <div className={styles.steps}>
        <FlowHead draft={draft} parts={parts} disabled={disabled} onChange={setDraft} />
        <FaultList faults={faults.filter(({ stepId }) => stepId === null)} />
        {draft.steps.length === 0 && <EmptyState title={t('no-steps')} hint={t('no-steps-hint')} />}
        {draft.steps.map((step) => (
          <StepCard
            key={step.id}
            step={step}
            others={draft.steps.filter(({ id }) => id !== step.id)}
            parts={parts}
            faults={faults.filter(({ stepId }) => stepId === step.id)}
            isStart={draft.start === step.id}
            disabled={disabled}
            onChange={(next) => setDraft(changeStep(draft, next))}
            onRemove={() => setDraft(removeStep(draft, step.id))}
            onMove={(by) => setDraft(moveStep(draft, step.id, by))}
          />
        ))}
        {mayWrite && (
          <div className={styles.row}>
            <Dropdown
              trigger={['click']}
              menu={{
                items: flowStepKinds.map((kind) => ({ key: kind, label: t(`kind.${kind}`) })),
                onClick: ({ key }) => {
                  const kind = flowStepKinds.find((each) => each === key);
                  if (kind) setDraft(addStep(draft, kind, t(`kind.${kind}`), parts));
                },
              }}
            >
              <Button data-testid="step-add">{t('step.add')}</Button>
            </Dropdown>
            <span className={styles.push} />
            <Button disabled={!changed} onClick={() => setDraft(document)}>
              {t('discard')}
            </Button>
            <Button
              type="primary"
              data-testid="flow-publish"
              disabled={!changed || faults.length > 0 || !checked.isSuccess}
              onClick={() => setPublishing(true)}
            >
              {t('publish')}
            </Button>
          </div>
        )}
        {mayWrite && faults.length > 0 && (
          <Alert type="warning" showIcon title={t('faults-left', { count: faults.length })} />
        )}
        {publishing && (
          <PublishForm
            number={number}
            basedOn={version}
            document={draft}
            onDone={() => setPublishing(false)}
          />
        )}
      </div>
      <TryPanel number={number} document={draft} />
    </div>
  );
}
