import type { FlowStep } from '@contracts/flow';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';

interface StepPickerProps {
  label: string;
  value: string | null;
  steps: readonly FlowStep[];
  disabled: boolean;
  /** Offers the queue of the number, which is `null`. */
  ownQueue?: boolean;
  onChange: (stepId: string | null) => void;
}

const own = 'own-queue*';

/** To which step the caller goes on. */
export function StepPicker({ label, value, steps, disabled, ownQueue, onChange }: StepPickerProps) {
  const { t } = useTranslation('flows');
  const options = steps.map(({ id, name, kind }) => ({ value: id, label: `${t(`kind.${kind}`)} · ${name}` }));
  const known = value === null || steps.some(({ id }) => id === value);
  return (
    <Select
      aria-label={label}
      placeholder={t('step.choose')}
      disabled={disabled}
      style={{ minWidth: 200 }}
      {...(known ? {} : { status: 'error' as const })}
      value={known ? (value ?? own) : null}
      options={ownQueue ? [{ value: own, label: t('step.own-queue') }, ...options] : options}
      onChange={(stepId: string | null) => onChange(stepId === own ? null : stepId)}
    />
  );
}
