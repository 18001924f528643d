import { CaretRightOutlined, FileTextOutlined } from '@ant-design/icons';
import type { TimelineEvent } from '@contracts/timeline';
import type { Evidence } from '@contracts/verdict';
import { useTranslation } from 'react-i18next';
import { distinctEvidence } from './distinct-evidence';
import { clockText } from './time-text';
import styles from './verdicts.module.css';

interface EvidenceChipsProps {
  evidence: readonly Evidence[];
  timeline: readonly TimelineEvent[];
  originAt: string;
  textOf: (event: TimelineEvent) => string;
  /** Plays and lights up what the chip names; without it the chips only tell. */
  onShow?: (evidence: Evidence) => void;
}

/** What a verdict rests on, one chip each. */
export function EvidenceChips({ evidence, timeline, originAt, textOf, onShow }: EvidenceChipsProps) {
  const { t } = useTranslation('calls');
  const at = (iso: string) => clockText(Date.parse(iso) - Date.parse(originAt), true);
  const told = (one: Evidence): { text: string; title: string } => {
    if (one.kind === 'wrap-up') {
      const text = t(`field.${one.field}`, { defaultValue: one.field });
      return { text, title: t(one.filled ? 'fieldFilled' : 'fieldEmpty', { field: text }) };
    }
    if (one.kind === 'range')
      return {
        text: `${at(one.from)} – ${at(one.until)}`,
        title: t(`range.${one.what}`, { defaultValue: one.what }),
      };
    const event = timeline.find((each) => each.seq === one.seq);
    return { text: at(one.at), title: event ? textOf(event) : one.event };
  };
  if (evidence.length === 0) return null;
  return (
    <span className={styles.chips}>
      {distinctEvidence(evidence).map((one) => {
        const { text, title } = told(one);
        const playable = onShow !== undefined && one.kind !== 'wrap-up';
        const key = `${one.kind}-${JSON.stringify(one)}`;
        return playable ? (
          <button
            key={key}
            type="button"
            className={`tabular ${styles.chip}`}
            title={title}
            aria-label={`${text} ${title}`}
            data-testid="evidence"
            onClick={() => onShow(one)}
          >
            <CaretRightOutlined aria-hidden /> {text}
          </button>
        ) : (
          <span key={key} className={`tabular ${styles.chip}`} title={title}>
            {one.kind === 'wrap-up' && <FileTextOutlined aria-hidden />} {text}
          </span>
        );
      })}
    </span>
  );
}
