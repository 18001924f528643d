import { useTranslation } from 'react-i18next';
import { quickScores } from './score-draft';
import styles from './score-form.module.css';

interface ScorePickerProps {
  /** undefined: not scored yet; null: not applicable. */
  score: number | null | undefined;
  readOnly: boolean;
  onPick: (score: number | null) => void;
}

/** Five shares of the weight on the keys 0–4, and "not applicable" on X. */
export function ScorePicker({ score, readOnly, onPick }: ScorePickerProps) {
  const { t } = useTranslation('quality');
  return (
    <span className={styles.picker} data-testid="score">
      {quickScores.map((share, key) => (
        <button
          key={share}
          type="button"
          disabled={readOnly}
          aria-pressed={score === share}
          title={t('scoreKey', { key })}
          data-share={share}
          onClick={() => onPick(share)}
        >
          {share * 100}
        </button>
      ))}
      <button
        type="button"
        disabled={readOnly}
        aria-pressed={score === null}
        title={t('scoreKey', { key: 'X' })}
        data-share="none"
        onClick={() => onPick(null)}
      >
        {t('notApplicable')}
      </button>
    </span>
  );
}
