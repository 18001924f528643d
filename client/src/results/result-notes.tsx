import type { EvaluationNote } from '@contracts/quality';
import { useTranslation } from 'react-i18next';
import { clockText } from '../calls/time-text';
import styles from './results.module.css';

/** The inspector's notes; each plays from its place. */
export function ResultNotes({
  notes,
  onPlay,
}: {
  notes: readonly EvaluationNote[];
  onPlay: (atMs: number) => void;
}) {
  const { t } = useTranslation('results');
  if (notes.length === 0) return null;
  return (
    <section>
      <h2>{t('notes')}</h2>
      <ul className={styles.notes} data-testid="result-notes">
        {notes.map((note) => (
          <li key={note.id}>
            <button type="button" className={`tabular ${styles.noteTime}`} onClick={() => onPlay(note.atMs)}>
              {clockText(note.atMs)}
            </button>
            <span>{note.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
