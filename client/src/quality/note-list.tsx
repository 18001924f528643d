import { DeleteOutlined } from '@ant-design/icons';
import type { EvaluationNote } from '@contracts/quality';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { clockText } from '../calls/time-text';
import styles from './score-form.module.css';

interface NoteListProps {
  notes: readonly EvaluationNote[];
  /** The note just added: its field takes the focus. */
  focusId: string | null;
  readOnly: boolean;
  onChange?: (note: EvaluationNote) => void;
  onRemove?: (id: string) => void;
  onPlay?: (atMs: number) => void;
}

/** Notes at places of the recording; the time plays from there. */
export function NoteList({ notes, focusId, readOnly, onChange, onRemove, onPlay }: NoteListProps) {
  const { t } = useTranslation('quality');
  const fields = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (focusId === null) return;
    fields.current?.querySelector<HTMLInputElement>(`[data-note="${focusId}"]`)?.focus();
  }, [focusId]);
  return (
    <ul className={styles.notes} ref={fields} data-testid="notes">
      {notes.map((note) => (
        <li key={note.id}>
          <button
            type="button"
            className={`tabular ${styles.noteTime}`}
            disabled={!onPlay}
            onClick={() => onPlay?.(note.atMs)}
          >
            {clockText(note.atMs)}
          </button>
          {readOnly ? (
            <span>{note.text}</span>
          ) : (
            <>
              <input
                className={styles.reason}
                data-note={note.id}
                data-testid="note-text"
                value={note.text}
                maxLength={2000}
                placeholder={t('notePlaceholder')}
                aria-label={t('noteAt', { at: clockText(note.atMs) })}
                onChange={(event) => onChange?.({ ...note, text: event.target.value })}
                onKeyDown={(event) => {
                  if (event.nativeEvent.isComposing) return;
                  if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
                }}
                onBlur={() => {
                  if (note.text.trim() === '') onRemove?.(note.id);
                }}
              />
              <button
                type="button"
                className={styles.remove}
                aria-label={t('noteRemove')}
                title={t('noteRemove')}
                onClick={() => onRemove?.(note.id)}
              >
                <DeleteOutlined aria-hidden />
              </button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
