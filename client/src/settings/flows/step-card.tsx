import type { FlowFault, FlowParts, FlowStep } from '@contracts/flow';
import { Button, Checkbox, Input, Popconfirm, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { FaultList } from './fault-list';
import styles from './flows.module.css';
import { HoursEditor } from './hours-editor';
import { MenuFields } from './menu-fields';
import { PromptList } from './prompt-list';
import { StepPicker } from './step-picker';

interface StepCardProps {
  step: FlowStep;
  /** All steps but this one. */
  others: readonly FlowStep[];
  parts: FlowParts;
  faults: readonly FlowFault[];
  isStart: boolean;
  disabled: boolean;
  onChange: (step: FlowStep) => void;
  onRemove: () => void;
  onMove: (by: number) => void;
}

/** One step with its fields, and what is still wrong with it. */
export function StepCard({ step, faults, isStart, disabled, ...props }: StepCardProps) {
  const { t } = useTranslation('flows');
  const { onChange, onRemove, onMove } = props;
  return (
    <section
      className={`${styles.card} ${faults.length > 0 ? styles.faulty : ''}`}
      aria-label={step.name}
      data-testid={`step-${step.id}`}
    >
      <div className={styles.row}>
        <Tag>{t(`kind.${step.kind}`)}</Tag>
        <Input
          aria-label={t('step.name')}
          placeholder={t('step.name')}
          maxLength={40}
          style={{ width: 200 }}
          disabled={disabled}
          value={step.name}
          onChange={({ target }) => onChange({ ...step, name: target.value })}
        />
        {isStart && <Tag color="blue">{t('step.first')}</Tag>}
        <span className={`${styles.row} ${styles.push}`}>
          <Button size="small" disabled={disabled} aria-label={t('step.up')} onClick={() => onMove(-1)}>
            ↑
          </Button>
          <Button size="small" disabled={disabled} aria-label={t('step.down')} onClick={() => onMove(1)}>
            ↓
          </Button>
          <Popconfirm
            title={t('step.remove-sure', { name: step.name })}
            okText={t('remove')}
            cancelText={t('cancel')}
            onConfirm={onRemove}
          >
            <Button size="small" danger disabled={disabled}>
              {t('remove')}
            </Button>
          </Popconfirm>
        </span>
      </div>
      <StepFields step={step} disabled={disabled} {...props} />
      <FaultList faults={faults} />
    </section>
  );
}

type StepFieldsProps = Pick<StepCardProps, 'step' | 'others' | 'parts' | 'disabled' | 'onChange'>;

function StepFields({ step, others, parts, disabled, onChange }: StepFieldsProps) {
  const { t } = useTranslation('flows');
  const prompts = 'prompts' in step && (
    <div className={styles.field}>
      <span>{t('prompts.label')}</span>
      <PromptList
        label={t('prompts.label')}
        value={step.prompts}
        parts={parts}
        disabled={disabled}
        onChange={(chosen) => onChange({ ...step, prompts: chosen })}
      />
    </div>
  );
  const way = (label: string, value: string, change: (stepId: string) => void) => (
    <div className={styles.field}>
      <span>{label}</span>
      <StepPicker
        label={label}
        value={value}
        steps={others}
        disabled={disabled}
        onChange={(stepId) => change(stepId ?? '')}
      />
    </div>
  );
  switch (step.kind) {
    case 'announce':
      return (
        <>
          {prompts}
          <Checkbox
            checked={step.skippable}
            disabled={disabled}
            onChange={({ target }) => onChange({ ...step, skippable: target.checked })}
          >
            {t('announce.skippable')}
          </Checkbox>
          {way(t('step.next'), step.next, (next) => onChange({ ...step, next }))}
        </>
      );
    case 'menu':
      return (
        <>
          {prompts}
          <MenuFields step={step} others={others} disabled={disabled} onChange={onChange} />
        </>
      );
    case 'hours':
      return (
        <>
          <HoursEditor step={step} timeZone={parts.timeZone} disabled={disabled} onChange={onChange} />
          {way(t('hours.open'), step.open, (open) => onChange({ ...step, open }))}
          {way(t('hours.closed'), step.closed, (closed) => onChange({ ...step, closed }))}
        </>
      );
    case 'queue':
      return (
        <div className={styles.field}>
          <span>{t('queue.label')}</span>
          <Select
            aria-label={t('queue.label')}
            style={{ minWidth: 200 }}
            disabled={disabled}
            value={step.queueId}
            options={parts.queues.map(({ id, name, number }) => ({
              value: id,
              label: `${name} · ${number}`,
            }))}
            onChange={(queueId) => onChange({ ...step, queueId })}
          />
        </div>
      );
    case 'end':
      return prompts;
  }
}
