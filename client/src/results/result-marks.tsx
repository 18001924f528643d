import type { PolicyDocument } from '@contracts/policy';
import type { Result } from '@contracts/quality';
import type { Evidence } from '@contracts/verdict';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseText } from '../calls/clause-text';
import { EvidenceChips } from '../calls/evidence-chips';
import { useFactText } from '../calls/use-fact-text';
import { useFindingText } from '../calls/use-finding-text';
import { useNaming } from '../calls/use-naming';
import { verdictLines } from '../calls/verdict-lines';
import { VerdictTag } from '../calls/verdict-tag';
import { useBilingual } from '../ui/use-bilingual';
import { type ItemMark, markOrder } from './mark-order';
import styles from './results.module.css';

interface ResultMarksProps {
  result: Result;
  policy: PolicyDocument | undefined;
  originAt: string;
  onPlay: (atMs: number, seqs: readonly number[], untilMs?: number) => void;
}

/** Every mark with its reason; those that cost points come first. */
export function ResultMarks({ result, policy, originAt, onPlay }: ResultMarksProps) {
  const { t } = useTranslation('results');
  const { evaluation, handling, timeline, verdicts } = result;
  const say = useBilingual();
  const findingOf = useFindingText(policy);
  const people = useMemo(() => [handling], [handling]);
  const textOf = useFactText(useNaming(people, policy));
  const { lost, kept } = markOrder(evaluation.form, evaluation.marks);
  const placeOf = (iso: string) => Date.parse(iso) - Date.parse(originAt);
  const show = (evidence: Evidence) => {
    if (evidence.kind === 'event') onPlay(placeOf(evidence.at), [evidence.seq]);
    if (evidence.kind === 'range') onPlay(placeOf(evidence.from), [], placeOf(evidence.until));
  };
  const row = ({ item, mark }: ItemMark) => (
    <div key={item.clause} className={styles.mark} data-clause={item.clause} data-testid="result-mark">
      <strong
        className={`tabular ${mark.score !== null && mark.score < 1 ? styles.breach : styles.full}`}
        title={t('weight', { weight: item.weight })}
      >
        {mark.score === null ? t('notApplicable') : `${Math.round(mark.score * 100)} %`}
      </strong>
      <div>
        <ClauseText
          id={item.clause}
          clause={policy?.clauses.find((clause) => clause.id === item.clause)}
          title={say(item.title)}
        />
        {item.fatal && mark.score === 0 && <span className={styles.breach}> {t('fatalItem')}</span>}
        {mark.decision === 'overturned' && <span className="soft"> · {t('overturned')}</span>}
        {mark.reason !== '' && <p>{mark.reason}</p>}
        {item.kind === 'automatic' &&
          verdictLines(verdicts.filter((verdict) => verdict.clause === item.clause)).lines.map((verdict) => (
            <p key={verdict.part} className={styles.verdict}>
              <VerdictTag outcome={verdict.outcome} /> {findingOf(verdict)}{' '}
              <EvidenceChips
                evidence={verdict.evidence}
                timeline={timeline}
                originAt={originAt}
                textOf={textOf}
                onShow={show}
              />
            </p>
          ))}
      </div>
    </div>
  );
  return (
    <>
      {lost.length > 0 && (
        <section>
          <h2>{t('lost', { count: lost.length })}</h2>
          {lost.map(row)}
        </section>
      )}
      <section>
        <h2>{t('kept', { count: kept.length })}</h2>
        {kept.map(row)}
      </section>
    </>
  );
}
