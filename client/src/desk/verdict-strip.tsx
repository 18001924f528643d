import type { DeskCall } from '@contracts/call';
import type { PolicyDocument } from '@contracts/policy';
import { useTranslation } from 'react-i18next';
import { useFindingText } from '../calls/use-finding-text';
import { VerdictTag } from '../calls/verdict-tag';
import styles from './verdict-strip.module.css';

/** What the standard already says of this call; the inspector will see the same. Breaches first. */
export function VerdictStrip({ call, policy }: { call: DeskCall; policy: PolicyDocument }) {
  const { t } = useTranslation('desk');
  const textOf = useFindingText(policy);
  const told = call.verdicts
    .filter(({ outcome }) => outcome === 'fail' || outcome === 'pass')
    .toSorted((a, b) => a.outcome.localeCompare(b.outcome));
  if (told.length === 0) return null;
  return (
    <section className={styles.strip} aria-label={t('verdicts')}>
      <h2>{t('verdicts')}</h2>
      <ul aria-live="polite" data-testid="verdicts">
        {told.map((verdict) => (
          <li
            key={`${verdict.clause}-${verdict.part}`}
            data-clause={verdict.clause}
            data-part={verdict.part}
            data-outcome={verdict.outcome}
          >
            <VerdictTag outcome={verdict.outcome} /> <strong>{verdict.clause}</strong> {textOf(verdict)}
          </li>
        ))}
      </ul>
    </section>
  );
}
