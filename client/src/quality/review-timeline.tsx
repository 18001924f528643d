import type { PolicyDocument } from '@contracts/policy';
import type { Review } from '@contracts/quality';
import type { TimelineEvent } from '@contracts/timeline';
import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fineFacts } from '../calls/fact-sentence';
import type { Naming } from '../calls/sentence';
import { TimelineList } from '../calls/timeline-list';
import { WrapUpRecord } from '../calls/wrap-up-record';
import styles from './review.module.css';

interface ReviewTimelineProps {
  review: Pick<Review, 'timeline' | 'wrapUp' | 'handling'>;
  naming: Naming;
  policy: PolicyDocument | undefined;
  originAt: string;
  highlighted: readonly number[];
  onPlay: (event: TimelineEvent) => void;
}

/** What happened, and what the agent wrote down; a row that is evidence shows even among the fine facts. */
export function ReviewTimeline({
  review,
  naming,
  policy,
  originAt,
  highlighted,
  onPlay,
}: ReviewTimelineProps) {
  const { t } = useTranslation(['quality', 'calls']);
  const [fine, setFine] = useState(false);
  const events = useMemo(
    () =>
      review.timeline.filter(
        (event) => fine || !fineFacts.includes(event.kind) || highlighted.includes(event.seq),
      ),
    [review.timeline, fine, highlighted],
  );
  return (
    <section className={styles.pane}>
      <div className={styles.paneHead}>
        <h2>{t('calls:detail.timeline')}</h2>
        <Checkbox checked={fine} onChange={(event) => setFine(event.target.checked)}>
          {t('calls:detail.showFine')}
        </Checkbox>
      </div>
      <div className={styles.scroll}>
        <TimelineList
          events={events}
          originAt={originAt}
          naming={naming}
          highlighted={highlighted}
          onPlay={onPlay}
        />
        <h2 className={styles.record}>{t('wrapUpRecord')}</h2>
        {review.wrapUp ? (
          <WrapUpRecord record={review.wrapUp} policy={policy} handling={review.handling} />
        ) : (
          <p className={styles.recordNone}>{t('wrapUpNone')}</p>
        )}
      </div>
    </section>
  );
}
