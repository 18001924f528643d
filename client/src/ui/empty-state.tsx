import type { ReactNode } from 'react';
import styles from './notice.module.css';

/** Nothing here: says so, and what to do next. */
export function EmptyState({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className={styles.notice}>
      <strong>{title}</strong>
      {hint && <p className="soft">{hint}</p>}
      {action}
    </div>
  );
}
