import { useTranslation } from 'react-i18next';
import { secondsText } from '../time-text';
import { type Axis, along, laneIds, type Span } from './lanes';
import styles from './stage.module.css';

interface LaneRowsProps {
  spans: readonly Span[];
  axis: Axis;
  /** End of the call: a promise beyond it came to nothing. */
  untilMs: number;
  highlighted: readonly number[];
  onPick: (span: Span) => void;
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** What went on below the waveform, on its axis: one row a kind, each stretch plays from its start. */
export function LaneRows({ spans, axis, untilMs, highlighted, onPick }: LaneRowsProps) {
  const { t } = useTranslation('calls');
  const titleOf = (span: Span) => {
    const seconds = secondsText(span.untilMs - span.fromMs);
    const name = t(`lane.${span.lane}`);
    if (span.tone === 'breach') return t('laneSpan.unasked', { name, seconds });
    if (span.limitMs === null) return t('laneSpan.plain', { name, seconds });
    return t('laneSpan.promised', { name, seconds, limit: secondsText(span.limitMs - span.fromMs) });
  };
  return laneIds.map((lane) => (
    <div key={lane} className={styles.lane} data-lane={lane}>
      {spans
        .filter((span) => span.lane === lane)
        .map((span) => {
          const from = along(axis, span.fromMs);
          return (
            <button
              key={`${span.fromMs}-${span.seqs.join()}`}
              type="button"
              tabIndex={lane === 'customer' || lane === 'agent' ? -1 : 0}
              className={styles.span}
              data-tone={span.tone}
              data-lit={span.seqs.some((seq) => highlighted.includes(seq)) || undefined}
              style={{ left: percent(from), width: percent(along(axis, span.untilMs) - from) }}
              title={titleOf(span)}
              aria-label={titleOf(span)}
              onClick={() => onPick(span)}
            />
          );
        })}
      {spans
        .filter((span) => span.lane === lane && span.limitMs !== null && span.limitMs <= untilMs)
        .map((span) => (
          <span
            key={`limit-${span.fromMs}`}
            className={styles.limit}
            style={{ left: percent(along(axis, span.limitMs ?? 0)) }}
            title={t('laneSpan.limit')}
          />
        ))}
    </div>
  ));
}
