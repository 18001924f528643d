import type { FlowFault } from '@contracts/flow';
import { useTranslation } from 'react-i18next';
import styles from './flows.module.css';

/** What keeps the flow from being published, at the place it is about. */
export function FaultList({ faults }: { faults: readonly FlowFault[] }) {
  const { t } = useTranslation('flows');
  if (faults.length === 0) return null;
  return (
    <ul className={styles.faults} data-testid="faults">
      {faults.map(({ code, detail }) => (
        <li key={`${code} ${detail}`} data-code={code}>
          {t(`fault.${code}`)}
          {detail && code !== 'step-repeated' ? `：${detail}` : ''}
        </li>
      ))}
    </ul>
  );
}
