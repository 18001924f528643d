import { CaretRightOutlined } from '@ant-design/icons';
import type { TimelineEvent } from '@contracts/timeline';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Naming } from './sentence';
import { clockText } from './time-text';
import styles from './timeline-list.module.css';
import { useFactText } from './use-fact-text';

interface TimelineListProps {
  events: readonly TimelineEvent[];
  /** Times count from here. */
  originAt: string;
  naming: Naming;
  /** Rows that something else rests on: shown as evidence, the first scrolled into view. */
  highlighted?: readonly number[];
  /** Plays from an event; without it the rows only tell. */
  onPlay?: (event: TimelineEvent) => void;
}

/** Facts that are a breach by themselves or end a call: told in the breach colour. */
const grave: readonly TimelineEvent['kind'][] = [
  'hold.by-device',
  'hold.ceiling-reached',
  'hold.limit-reached',
  'ring.missed',
  'agent.away',
  'microphone.lost',
  'agent.lost',
  'engine.gap',
  'node.retired',
  'call.turned-away',
];

/** What happened, one row a fact, each with its time. */
export function TimelineList({ events, originAt, naming, highlighted = [], onPlay }: TimelineListProps) {
  const { t } = useTranslation('calls');
  const textOf = useFactText(naming);
  const list = useRef<HTMLOListElement>(null);
  const first = highlighted[0];
  useEffect(() => {
    if (first === undefined) return;
    list.current?.querySelector(`[data-seq="${first}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [first]);
  const origin = Date.parse(originAt);
  return (
    <ol className={styles.list} ref={list} data-testid="timeline">
      {events.map((event) => {
        const row = (
          <>
            <span className={`tabular ${styles.at}`}>{clockText(Date.parse(event.at) - origin, true)}</span>
            <span className={grave.includes(event.kind) ? styles.grave : undefined}>{textOf(event)}</span>
            <span className={styles.source}>{t(`source.${event.source}`)}</span>
          </>
        );
        return (
          <li
            key={event.seq}
            data-seq={event.seq}
            data-kind={event.kind}
            className={highlighted.includes(event.seq) ? styles.lit : undefined}
          >
            {onPlay ? (
              <button type="button" className={styles.row} onClick={() => onPlay(event)}>
                <CaretRightOutlined aria-hidden className={styles.play} />
                {row}
              </button>
            ) : (
              <div className={styles.row}>{row}</div>
            )}
          </li>
        );
      })}
    </ol>
  );
}
