import { useTranslation } from 'react-i18next';
import { callerOf } from './caller-of';

/** Who calls, as the pages show it: a masked number, or a visitor of the web phone. */
export function Caller({ number }: { number: string }) {
  const { t } = useTranslation('calls');
  const { visitor, shown } = callerOf(number);
  return <span className="tabular">{visitor ? t('webVisitor', { tail: shown }) : shown}</span>;
}
