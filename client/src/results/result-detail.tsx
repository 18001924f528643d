import type { Result } from '@contracts/quality';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Caller } from '../calls/caller';
import { customerOf } from '../calls/caller-of';
import { houseTime } from '../calls/house-time';
import { layLanes } from '../calls/recording/lanes';
import { PlayerBar } from '../calls/recording/player-bar';
import { RecordingNotice } from '../calls/recording/recording-notice';
import { Stage } from '../calls/recording/stage';
import { usePeaks, usePlayer } from '../calls/recording/use-recording';
import { useHouseTimeZone, usePolicy } from '../calls/use-policy';
import { ResultMarks } from './result-marks';
import { ResultNotes } from './result-notes';
import styles from './results.module.css';

/** One score as the agent reads it: total, what was said, every mark with its reason and clause, on the recording. */
export function ResultDetail({ result }: { result: Result }) {
  const { t } = useTranslation(['results', 'calls']);
  const timeZone = useHouseTimeZone();
  const { evaluation, call, handling, timeline, recording } = result;
  const policy = usePolicy(call.policyVersion);
  const player = usePlayer(recording);
  const peaks = usePeaks(recording);
  const [highlighted, setHighlighted] = useState<readonly number[]>([]);
  const originAt = recording?.startedAt ?? call.arrivedAt;
  const durationMs = recording?.durationMs ?? 0;
  const lanes = useMemo(
    () => layLanes(timeline, handling.id, originAt, durationMs),
    [timeline, handling.id, originAt, durationMs],
  );
  const playFrom = useCallback(
    (atMs: number, seqs: readonly number[], untilMs?: number) => {
      setHighlighted(seqs);
      void player?.playFrom(atMs, untilMs);
    },
    [player],
  );
  return (
    <>
      <header className={styles.head}>
        <span className={styles.total} data-testid="result-total">
          {evaluation.total}
          <small> / 100</small>
        </span>
        <span>
          <Caller number={customerOf(call)} callId={call.id} />{' '}
          <span className="tabular soft">{houseTime(handling.offeredAt, timeZone)}</span>
          <br />
          <span className="soft">{t('by', { name: evaluation.inspectorName })}</span>
        </span>
        {evaluation.fatalFailed.length > 0 && (
          <strong className={styles.breach}>
            {t('fatal', { clauses: evaluation.fatalFailed.join(t('calls:listComma')) })}
          </strong>
        )}
      </header>
      {evaluation.summary !== '' && <p className={styles.summary}>{evaluation.summary}</p>}
      <div>
        <Stage
          lanes={lanes}
          peaks={peaks.data}
          player={player}
          notes={evaluation.notes}
          highlighted={highlighted}
          onPick={playFrom}
        />
        {player ? (
          <PlayerBar player={player} durationMs={durationMs} />
        ) : (
          <RecordingNotice recording={recording} />
        )}
      </div>
      <ResultNotes notes={evaluation.notes} onPlay={(atMs) => playFrom(atMs, [])} />
      <ResultMarks result={result} policy={policy} originAt={originAt} onPlay={playFrom} />
    </>
  );
}
