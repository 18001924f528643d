import type { EvaluationNote } from '@contracts/quality';
import type { Peaks } from '@contracts/recording';
import { useTranslation } from 'react-i18next';
import { clockText } from '../time-text';
import { LaneRows } from './lane-rows';
import { along, laneIds, type ReviewLanes, rulerSteps, type Span } from './lanes';
import { Playhead } from './playhead';
import type { RecordingPlayer } from './recording-player';
import styles from './stage.module.css';
import { Waveform } from './waveform';

interface StageProps {
  lanes: ReviewLanes;
  peaks: Peaks | undefined;
  player: RecordingPlayer | null;
  notes: readonly EvaluationNote[];
  highlighted: readonly number[];
  /** Something was pressed: play from there and light up what it rests on. */
  onPick: (atMs: number, seqs: readonly number[]) => void;
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** The recording over its whole length: both channels, and what happened, on one axis. */
export function Stage({ lanes, peaks, player, notes, highlighted, onPick }: StageProps) {
  const { t } = useTranslation('calls');
  const { axis, spans, marks } = lanes;
  return (
    <div className={styles.stage} data-testid="stage">
      <div className={styles.gutter} aria-hidden>
        <span className={styles.channel}>{t('lane.customer')}</span>
        <span className={styles.channel}>{t('lane.agent')}</span>
        {laneIds.map((lane) => (
          <span key={lane} className={styles.laneName}>
            {t(`laneShort.${lane}`)}
          </span>
        ))}
      </div>
      <div className={styles.tracks}>
        <Waveform peaks={peaks} axis={axis} onSeek={(atMs) => player?.seek(atMs)} label={t('waveform')} />
        <LaneRows
          spans={spans}
          axis={axis}
          untilMs={marks.find((mark) => mark.what === 'end')?.atMs ?? axis.untilMs}
          highlighted={highlighted}
          onPick={(span: Span) => onPick(span.fromMs, span.seqs)}
        />
        <div className={styles.ruler}>
          {rulerSteps(axis, 14).map((at) => (
            <span key={at} className="tabular" style={{ left: percent(along(axis, at)) }}>
              {clockText(at)}
            </span>
          ))}
        </div>
        {marks.map((mark) => (
          <button
            key={mark.seq}
            type="button"
            className={styles.mark}
            data-what={mark.what}
            data-testid={`mark-${mark.what}`}
            style={{ left: percent(along(axis, mark.atMs)) }}
            title={`${clockText(mark.atMs, true)} ${t(`mark.${mark.what}`)}`}
            onClick={() => onPick(mark.atMs, [mark.seq])}
          >
            <span data-edge={along(axis, mark.atMs) > 0.92 || undefined}>{t(`mark.${mark.what}`)}</span>
          </button>
        ))}
        {notes.map((note) => (
          <button
            key={note.id}
            type="button"
            className={styles.notePin}
            style={{ left: percent(along(axis, note.atMs)) }}
            title={`${clockText(note.atMs)} ${note.text}`}
            aria-label={`${t('mark.note')} ${clockText(note.atMs)} ${note.text}`}
            onClick={() => onPick(note.atMs, [])}
          />
        ))}
        {player && <Playhead player={player} axis={axis} />}
      </div>
    </div>
  );
}
