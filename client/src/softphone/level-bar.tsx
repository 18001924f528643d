import styles from './level-bar.module.css';
import { shareOf } from './levels';

const blocks = [0, 1, 2, 3, 4, 5, 6, 7];

/** A level as eight blocks; the last one warns of a voice that is too loud. */
export function LevelBar({ label, db, testId }: { label: string; db: number; testId?: string }) {
  const lit = Math.round(shareOf(db) * blocks.length);
  return (
    <span className={styles.level}>
      <span>{label}</span>
      <span
        className={styles.blocks}
        role="img"
        aria-label={`${label} ${lit}/${blocks.length}`}
        data-testid={testId}
        data-db={db}
      >
        {blocks.map((block) => (
          <span
            key={block}
            className={block < lit ? (block === 7 ? styles.loud : styles.lit) : styles.dark}
          />
        ))}
      </span>
    </span>
  );
}
