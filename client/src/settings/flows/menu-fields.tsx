import { type FlowStep, type FlowStepOf, menuDigits } from '@contracts/flow';
import { Button, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { withItem } from './flow-draft';
import styles from './flows.module.css';
import { StepPicker } from './step-picker';

type Menu = FlowStepOf<'menu'>;

interface MenuFieldsProps {
  step: Menu;
  others: readonly FlowStep[];
  disabled: boolean;
  onChange: (step: Menu) => void;
}

/** What each key is for, how long is waited, and where callers go who do not choose. */
export function MenuFields({ step, others, disabled, onChange }: MenuFieldsProps) {
  const { t } = useTranslation('flows');
  const free = menuDigits.filter((digit) => !step.choices.some((choice) => choice.digit === digit));
  const [next] = free;
  return (
    <div className={styles.fields}>
      {step.choices.map((choice, index) => {
        const change = (part: Partial<typeof choice>) =>
          onChange({ ...step, choices: withItem(step.choices, index, { ...choice, ...part }) });
        return (
          <div key={choice.digit} className={styles.row} data-testid={`choice-${choice.digit}`}>
            <Select
              aria-label={t('menu.digit')}
              style={{ width: 64 }}
              disabled={disabled}
              value={choice.digit}
              options={[choice.digit, ...free].map((digit) => ({ value: digit, label: digit }))}
              onChange={(digit) => change({ digit })}
            />
            <Input
              aria-label={t('menu.label')}
              placeholder={t('menu.label')}
              maxLength={40}
              style={{ width: 150 }}
              disabled={disabled}
              value={choice.label}
              onChange={({ target }) => change({ label: target.value })}
            />
            <StepPicker
              label={t('menu.goes-to')}
              value={choice.next}
              steps={[step, ...others]}
              disabled={disabled}
              onChange={(stepId) => change({ next: stepId ?? '' })}
            />
            <Button
              size="small"
              disabled={disabled}
              onClick={() => onChange({ ...step, choices: withItem(step.choices, index, undefined) })}
            >
              {t('remove')}
            </Button>
          </div>
        );
      })}
      {next && (
        <div>
          <Button
            size="small"
            disabled={disabled}
            data-testid="choice-add"
            onClick={() =>
              onChange({ ...step, choices: [...step.choices, { digit: next, label: '', next: '' }] })
            }
          >
            {t('menu.add')}
          </Button>
        </div>
      )}
      <div className={styles.row}>
        <InputNumber
          aria-label={t('menu.wait')}
          prefix={t('menu.wait')}
          suffix={t('seconds')}
          style={{ width: 170 }}
          min={1}
          max={30}
          disabled={disabled}
          value={step.waitMs / 1_000}
          onChange={(seconds) => onChange({ ...step, waitMs: Math.round((seconds ?? 5) * 1_000) })}
        />
        <InputNumber
          aria-label={t('menu.tries')}
          prefix={t('menu.tries')}
          style={{ width: 130 }}
          min={1}
          max={5}
          precision={0}
          disabled={disabled}
          value={step.tries}
          onChange={(tries) => onChange({ ...step, tries: tries ?? 3 })}
        />
        <span>{t('menu.otherwise')}</span>
        <StepPicker
          label={t('menu.otherwise')}
          ownQueue
          value={step.otherwise}
          steps={others}
          disabled={disabled}
          onChange={(otherwise) => onChange({ ...step, otherwise })}
        />
      </div>
    </div>
  );
}
