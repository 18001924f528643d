import type { Review } from '@contracts/quality';
import type { TimelineEvent } from '@contracts/timeline';
import type { Evidence } from '@contracts/verdict';
import { Button } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useMay } from '../app/session';
import { EvidenceChips } from '../calls/evidence-chips';
import { layLanes } from '../calls/recording/lanes';
import { PlayerBar } from '../calls/recording/player-bar';
import { RecordingNotice } from '../calls/recording/recording-notice';
import { Stage } from '../calls/recording/stage';
import { usePeaks, usePlayer } from '../calls/recording/use-recording';
import { useFactText } from '../calls/use-fact-text';
import { useNaming } from '../calls/use-naming';
import { usePolicy } from '../calls/use-policy';
import { ConflictBar } from './conflict-bar';
import { NoteList } from './note-list';
import styles from './review.module.css';
import { ReviewHeader } from './review-header';
import { ReviewTimeline } from './review-timeline';
import { withNote, withoutNote } from './score-draft';
import { ScoreForm } from './score-form';
import { SheetBar } from './sheet-bar';
import { useNextHandling } from './use-next-handling';
import { useReviewActions } from './use-review-actions';
import { useReviewKeys } from './use-review-keys';
import { useScoreSheet } from './use-score-sheet';

/** Waveform and lanes over the whole width, the player below it; left what happened, right the form. */
export function ReviewBoard({ review }: { review: Review }) {
  const { t } = useTranslation(['quality', 'calls']);
  const { handling, call, timeline, verdicts, recording, form } = review;
  const may = useMay();
  const policy = usePolicy(call.policyVersion);
  const people = useMemo(() => [handling, ...call.agents], [handling, call.agents]);
  const naming = useNaming(people, policy);
  const textOf = useFactText(naming);
  const sheet = useScoreSheet(review);
  const draft = useStore(sheet.state, (state) => state.draft);
  const submitted = useStore(sheet.state, (state) => state.evaluation?.state === 'submitted');
  const readOnly = submitted || !may('quality.evaluate');
  const { activeClause, actions, groups } = useReviewActions(sheet, form, verdicts);
  const next = useNextHandling(handling.id);

  const player = usePlayer(recording);
  const peaks = usePeaks(recording);
  // Without a recording the axis is the call's own: the lanes tell as much as is known.
  const originAt = recording?.startedAt ?? call.arrivedAt;
  const durationMs = recording?.durationMs ?? 0;
  const lanes = useMemo(
    () => layLanes(timeline, handling.id, originAt, durationMs),
    [timeline, handling.id, originAt, durationMs],
  );
  const [highlighted, setHighlighted] = useState<readonly number[]>([]);

  const playFrom = useCallback(
    (atMs: number, seqs: readonly number[], untilMs?: number) => {
      setHighlighted(seqs);
      void player?.playFrom(atMs, untilMs);
    },
    [player],
  );
  const placeOf = useCallback((iso: string) => Date.parse(iso) - Date.parse(originAt), [originAt]);
  const playEvent = useCallback(
    (event: TimelineEvent) => playFrom(placeOf(event.at), [event.seq]),
    [playFrom, placeOf],
  );
  const show = useCallback(
    (evidence: Evidence) => {
      if (evidence.kind === 'event') playFrom(placeOf(evidence.at), [evidence.seq]);
      if (evidence.kind === 'range') {
        const within = timeline.filter((event) => event.at >= evidence.from && event.at <= evidence.until);
        const seqs = within.map((event) => event.seq);
        playFrom(placeOf(evidence.from), seqs, placeOf(evidence.until));
      }
    },
    [playFrom, placeOf, timeline],
  );

  const [focusNote, setFocusNote] = useState<string | null>(null);
  const addNote = () => {
    const id = crypto.randomUUID();
    const atMs = Math.round(player?.state.getState().atMs ?? 0);
    sheet.change((before) => withNote(before, { id, atMs, text: '' }));
    setFocusNote(id);
  };
  useReviewKeys({ player, activeClause, actions, readOnly, onNote: addNote, onNext: next });

  return (
    <div className={styles.page}>
      <ReviewHeader review={review} onNext={next} />
      <ConflictBar sheet={sheet} />
      <div>
        <Stage
          lanes={lanes}
          peaks={peaks.data}
          player={player}
          notes={draft.notes}
          highlighted={highlighted}
          onPick={playFrom}
        />
        {player ? (
          <PlayerBar player={player} durationMs={durationMs}>
            {!readOnly && (
              <Button onClick={addNote} data-testid="add-note">
                {t('noteAdd')} <kbd>N</kbd>
              </Button>
            )}
          </PlayerBar>
        ) : (
          <RecordingNotice recording={recording} />
        )}
      </div>
      <div className={styles.columns}>
        <ReviewTimeline
          review={review}
          naming={naming}
          policy={policy}
          originAt={originAt}
          highlighted={highlighted}
          onPlay={playEvent}
        />
        <section className={styles.pane}>
          <SheetBar
            sheet={sheet}
            form={form}
            readOnly={readOnly}
            onOpenItem={actions.activate}
            onAcceptAll={actions.acceptAll}
          />
          <div className={styles.scroll}>
            <ScoreForm
              groups={groups}
              draft={draft}
              verdicts={verdicts}
              policy={policy}
              activeClause={activeClause}
              readOnly={readOnly}
              actions={actions}
              onSummary={(summary) => sheet.change((before) => ({ ...before, summary }))}
              evidenceOf={(verdict) => (
                <EvidenceChips
                  evidence={verdict.evidence}
                  timeline={timeline}
                  originAt={originAt}
                  textOf={textOf}
                  onShow={show}
                />
              )}
              notes={
                <NoteList
                  notes={draft.notes}
                  focusId={focusNote}
                  readOnly={readOnly}
                  onChange={(note) => sheet.change((before) => withNote(before, note))}
                  onRemove={(id) => sheet.change((before) => withoutNote(before, id))}
                  onPlay={(atMs) => playFrom(atMs, [])}
                />
              }
            />
          </div>
        </section>
      </div>
    </div>
  );
}
