import { mosOf } from '@contracts/mos';
import type { SoundSample } from '@contracts/sound-quality';
import { Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { gradeOf, mosText, percentText } from './sound-grade';
import styles from './sound-indicator.module.css';
import { soundNow } from './sound-reporter';

const bars = [1, 2, 3, 4] as const;

/** How the sound of the call is now: bars, a word and the score; the figures behind it on hover or focus. */
export function SoundIndicator() {
  const { t } = useTranslation('softphone');
  const sample = useStore(soundNow, (state) => state.sample);
  if (!sample)
    return (
      <span className="soft" data-testid="sound" data-grade="none">
        {t('sound.none')}
      </span>
    );
  const mos = mosOf(sample);
  const { grade, bars: lit } = gradeOf(mos);
  return (
    <Popover
      title={t('sound.title')}
      content={<Figures sample={sample} mos={mos} />}
      trigger={['hover', 'focus']}
      placement="top"
    >
      <button type="button" className={styles.sign} data-testid="sound" data-grade={grade}>
        <span className={styles.bars} aria-hidden>
          {bars.map((bar) => (
            <span
              key={bar}
              className={bar <= lit ? styles.lit : styles.bar}
              style={{ blockSize: bar * 3 + 1 }}
            />
          ))}
        </span>
        {t('sound.now', { grade: t(`sound.grade.${grade}`), mos: mosText(mos) })}
      </button>
    </Popover>
  );
}

function Figures({ sample, mos }: { sample: SoundSample; mos: number }) {
  const { t } = useTranslation('softphone');
  const { lossShare, lossShareOut, jitterMs, roundTripMs, codec } = sample;
  const ms = (value: number | null) =>
    value === null ? t('sound.unknown') : t('sound.ms', { ms: Math.round(value) });
  const rows = [
    ['mos', mosText(mos)],
    ['loss', percentText(lossShare)],
    ['loss-out', lossShareOut === null ? t('sound.unknown') : percentText(lossShareOut)],
    ['jitter', ms(jitterMs)],
    ['round-trip', ms(roundTripMs)],
    ['codec', codec || t('sound.unknown')],
  ] as const;
  return (
    <dl className={styles.figures} data-testid="sound-figures">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`sound.${name}`)}</dt>
          <dd className="tabular">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
