import type { CallDetail } from '@contracts/call';
import { useTranslation } from 'react-i18next';
import { useMay } from '../app/session';
import { Duration } from '../ui/duration';
import styles from './call.module.css';
import { RecordingMark } from './recording-mark';

/** The call's recordings; those who may listen hear them here, the review has them with the waveform. */
export function CallRecordings({ recordings }: { recordings: CallDetail['recordings'] }) {
  const { t } = useTranslation('calls');
  const may = useMay();
  const listens = may('recording.listen') || may('recording.listen-own');
  return (
    <section className={styles.pane}>
      <div className={styles.paneHead}>
        <h2>{t('detail.recordings')}</h2>
      </div>
      {recordings.length === 0 && <p className={styles.none}>{t('detail.noRecordings')}</p>}
      {recordings.map((recording) => (
        <div key={recording.id} className={styles.line} data-testid="recording">
          <RecordingMark state={recording.state} />
          {recording.durationMs !== null && <Duration ms={recording.durationMs} />}
          {listens && recording.state === 'stored' && (
            // biome-ignore lint/a11y/useMediaCaption: a telephone call has no captions
            <audio
              className={styles.way}
              controls
              preload="none"
              src={`/api/recordings/${recording.id}/audio`}
            />
          )}
        </div>
      ))}
    </section>
  );
}
