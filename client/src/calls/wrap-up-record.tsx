import type { HandlingSummary } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import type { WrapUp } from '@contracts/wrap-up';
import { useTranslation } from 'react-i18next';
import { useBilingual } from '../ui/use-bilingual';
import { useRevealedNumbers } from './revealed-numbers';
import styles from './wrap-up-record.module.css';

interface WrapUpRecordProps {
  record: WrapUp;
  policy: PolicyDocument | undefined;
  handling: Pick<HandlingSummary, 'id' | 'callId'>;
}

/** The agent's record of a call, as written; the customer in it is masked until somebody asks for the call's number. */
export function WrapUpRecord({ record: sent, policy, handling }: WrapUpRecordProps) {
  const { t } = useTranslation('calls');
  const say = useBilingual();
  const whole = useRevealedNumbers().ofCall(handling.callId);
  const record = { ...sent, ...whole?.records.find(({ handlingId }) => handlingId === handling.id)?.record };
  const outcome = policy?.wrapUp.outcomes.find((choice) => choice.code === record.outcome);
  const readBack = (done: boolean) => t(done ? 'readBack' : 'notReadBack');
  const rows: [field: string, text: string][] = [
    ['outcome', outcome ? say(outcome.label) : record.outcome],
    ['customerName', record.customerName && `${record.customerName} · ${readBack(record.nameReadBack)}`],
    [
      'customerNumber',
      record.customerNumber && `${record.customerNumber} · ${readBack(record.numberReadBack)}`,
    ],
    ['note', record.note],
    ['followUp', record.followUp],
    ['praise', record.praise ? t('yes') : ''],
  ];
  return (
    <dl className={styles.record} data-testid="wrap-up-record">
      {rows
        .filter(([, text]) => text !== '')
        .map(([field, text]) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}
