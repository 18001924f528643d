import type { PolicyDocument } from '@contracts/policy';
import type { TimelineEvent } from '@contracts/timeline';
import type { Evidence, Verdict } from '@contracts/verdict';
import { useTranslation } from 'react-i18next';
import { ClauseText } from './clause-text';
import { EvidenceChips } from './evidence-chips';
import { useFindingText } from './use-finding-text';
import { distinctVerdicts } from './verdict-lines';
import { VerdictTag } from './verdict-tag';
import styles from './verdicts.module.css';

interface VerdictListProps {
  verdicts: readonly Verdict[];
  policy: PolicyDocument | undefined;
  timeline: readonly TimelineEvent[];
  originAt: string;
  textOf: (event: TimelineEvent) => string;
  onShow?: (evidence: Evidence) => void;
}

const told: readonly Verdict['outcome'][] = ['fail', 'pass', 'not-applicable'];

/** What was judged by itself, the failed first; how many clauses are left to people is said, not listed. */
export function VerdictList({ verdicts, policy, timeline, originAt, textOf, onShow }: VerdictListProps) {
  const { t } = useTranslation('calls');
  const findingOf = useFindingText(policy);
  const shown = told.flatMap((outcome) =>
    distinctVerdicts(verdicts).filter((verdict) => verdict.outcome === outcome),
  );
  const others = verdicts.filter((verdict) => !told.includes(verdict.outcome)).length;
  return (
    <div className={styles.list} data-testid="verdicts">
      {shown.map((verdict) => (
        <div
          key={`${verdict.clause}/${verdict.part}`}
          className={styles.verdict}
          data-clause={verdict.clause}
        >
          <VerdictTag outcome={verdict.outcome} />
          <span>
            <ClauseText
              id={verdict.clause}
              clause={policy?.clauses.find((clause) => clause.id === verdict.clause)}
            />
            <span className={styles.finding}>{findingOf(verdict)}</span>
            <EvidenceChips
              evidence={verdict.evidence}
              timeline={timeline}
              originAt={originAt}
              textOf={textOf}
              {...(onShow ? { onShow } : {})}
            />
          </span>
        </div>
      ))}
      {others > 0 && <p className="soft">{t('verdictOthers', { count: others })}</p>}
    </div>
  );
}
