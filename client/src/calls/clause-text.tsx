import type { Clause } from '@contracts/policy';
import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { useBilingual } from '../ui/use-bilingual';
import styles from './verdicts.module.css';

/** A clause's number and title; its wording opens on hover or focus. */
export function ClauseText({
  id,
  clause,
  title,
}: {
  id: string;
  clause: Clause | undefined;
  title?: ReactNode;
}) {
  const say = useBilingual();
  const label = (
    <>
      <span className={`tabular ${styles.number}`}>{id}</span> {title ?? (clause && say(clause.title))}
    </>
  );
  if (!clause) return <span>{label}</span>;
  return (
    <Popover
      mouseEnterDelay={0.3}
      placement="leftTop"
      title={`${id} ${say(clause.title)}`}
      content={<p className={styles.wording}>{say(clause.text)}</p>}
    >
      <span className={styles.clause}>{label}</span>
    </Popover>
  );
}
