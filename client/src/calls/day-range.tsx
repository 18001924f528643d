import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';

interface DayRangeProps {
  /** House days `YYYY-MM-DD`. */
  days: readonly [string, string] | null;
  onChange: (days: readonly [string, string] | null) => void;
}

/** From one day to another, both included. */
export function DayRange({ days, onChange }: DayRangeProps) {
  const { t } = useTranslation('calls');
  return (
    <DatePicker.RangePicker
      aria-label={t('filter.date')}
      value={days && [dayjs(days[0]), dayjs(days[1])]}
      onChange={(picked) => {
        const [from, until] = picked ?? [];
        onChange(from && until ? [from.format('YYYY-MM-DD'), until.format('YYYY-MM-DD')] : null);
      }}
    />
  );
}
