import { type FlowStepOf, type HoursSpan, weekdays } from '@contracts/flow';
import { houseMoment } from '@contracts/house-calendar';
import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { withItem } from './flow-draft';
import styles from './flows.module.css';

type Hours = FlowStepOf<'hours'>;

interface HoursEditorProps {
  step: Hours;
  timeZone: string;
  disabled: boolean;
  onChange: (step: Hours) => void;
}

/** Weekly hours, and the days that are not like their weekday. */
export function HoursEditor({ step, timeZone, disabled, onChange }: HoursEditorProps) {
  const { t } = useTranslation('flows');
  const days = weekdays.map((day) => ({ value: day, label: t(`day.${day}`) }));
  const addWeekly = () =>
    onChange({ ...step, weekly: [...step.weekly, { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] });
  const addSpecial = () =>
    onChange({ ...step, special: [...step.special, { date: today(timeZone), name: '', spans: [] }] });
  return (
    <div className={styles.fields}>
      <span className="soft">{t('hours.zone', { timeZone })}</span>
      {step.weekly.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.row} data-testid="weekly-row">
          <Select
            mode="multiple"
            aria-label={t('hours.days')}
            style={{ minWidth: 220 }}
            disabled={disabled}
            value={span.days}
            options={days}
            onChange={(chosen) => {
              if (chosen.length > 0)
                onChange({ ...step, weekly: withItem(step.weekly, index, { ...span, days: chosen }) });
            }}
          />
          <SpanFields
            span={span}
            disabled={disabled}
            onChange={(times) =>
              onChange({ ...step, weekly: withItem(step.weekly, index, { ...span, ...times }) })
            }
          />
          <Button
            size="small"
            disabled={disabled}
            onClick={() => onChange({ ...step, weekly: withItem(step.weekly, index, undefined) })}
          >
            {t('remove')}
          </Button>
        </div>
      ))}
      {step.special.map((day, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={index} className={styles.row} data-testid="special-row">
          <Input
            type="date"
            aria-label={t('hours.date')}
            style={{ width: 150 }}
            disabled={disabled}
            value={day.date}
            {...(day.date ? {} : { status: 'error' as const })}
            onChange={({ target }) =>
              onChange({ ...step, special: withItem(step.special, index, { ...day, date: target.value }) })
            }
          />
          <Input
            aria-label={t('hours.special-name')}
            placeholder={t('hours.special-name')}
            maxLength={40}
            style={{ width: 130 }}
            disabled={disabled}
            value={day.name}
            onChange={({ target }) =>
              onChange({ ...step, special: withItem(step.special, index, { ...day, name: target.value }) })
            }
          />
          {day.spans.length === 0 && <span>{t('hours.all-day-closed')}</span>}
          {day.spans.map((span, at) => (
            <SpanFields
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
              key={at}
              span={span}
              disabled={disabled}
              onChange={(times) =>
                onChange({
                  ...step,
                  special: withItem(step.special, index, { ...day, spans: withItem(day.spans, at, times) }),
                })
              }
            />
          ))}
          <Button
            size="small"
            disabled={disabled}
            onClick={() => {
              const spans = day.spans.length > 0 ? [] : [{ from: '09:00', to: '18:00' }];
              onChange({ ...step, special: withItem(step.special, index, { ...day, spans }) });
            }}
          >
            {t(day.spans.length > 0 ? 'hours.make-closed' : 'hours.make-open')}
          </Button>
          <Button
            size="small"
            disabled={disabled}
            onClick={() => onChange({ ...step, special: withItem(step.special, index, undefined) })}
          >
            {t('remove')}
          </Button>
        </div>
      ))}
      <div className={styles.row}>
        <Button size="small" disabled={disabled} onClick={addWeekly}>
          {t('hours.add-weekly')}
        </Button>
        <Button size="small" disabled={disabled} onClick={addSpecial}>
          {t('hours.add-special')}
        </Button>
      </div>
    </div>
  );
}

interface SpanFieldsProps {
  span: HoursSpan;
  disabled: boolean;
  onChange: (span: HoursSpan) => void;
}

/** Typed, since a clock's field knows no 24:00. */
function SpanFields({ span: { from, to }, disabled, onChange }: SpanFieldsProps) {
  const { t } = useTranslation('flows');
  const field = (name: 'from' | 'to', value: string) => (
    <Input
      aria-label={t(`hours.${name}`)}
      className="tabular"
      style={{ width: 72 }}
      maxLength={5}
      disabled={disabled}
      value={value}
      {...(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value) ? {} : { status: 'error' as const })}
      onChange={({ target }) => onChange({ from, to, [name]: target.value })}
    />
  );
  return (
    <>
      {field('from', from)}–{field('to', to)}
    </>
  );
}

const today = (timeZone: string) => houseMoment(Date.now(), timeZone).date;
