import type { DeskCall } from '@contracts/call';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LevelBar } from '../softphone/level-bar';
import { SilenceWatch } from '../softphone/levels';
import { usePhone } from '../softphone/softphone-context';
import { SoundIndicator } from '../softphone/sound-indicator';
import { useLevel } from '../softphone/use-level';
import styles from './level-strip.module.css';

const nudgeAfterMs = 8_000;
const speaking: readonly DeskCall['phase'][] = ['talking', 'held', 'consulted'];

/** Both voices, how long nobody spoke (clause 23.9), and one hint at a time. */
export function LevelStrip({ call }: { call: DeskCall | null }) {
  const { t } = useTranslation('desk');
  const local = usePhone((state) => state.local);
  const remote = usePhone((state) => state.remote);
  const you = useLevel(local);
  const customer = useLevel(remote);
  const talking = call?.phase === 'talking';
  const silentMs = useSilence(talking, you, customer);
  const hint = hintOf(call, you, customer, silentMs);
  return (
    <footer className={styles.strip} data-testid="levels">
      <LevelBar label={t('levels.you')} db={you} testId="level-you" />
      <LevelBar label={t('levels.customer')} db={customer} testId="level-customer" />
      <span className="tabular" data-testid="silence">
        {t('levels.silence', { seconds: Math.floor(silentMs / 1000) })}
      </span>
      {call && speaking.includes(call.phase) && <SoundIndicator />}
      <span role="status" className={styles.hint}>
        {hint && t(`levels.hint.${hint}`)}
      </span>
    </footer>
  );
}

function useSilence(talking: boolean, ...levels: number[]): number {
  const watch = useRef<SilenceWatch | null>(null);
  const [silentMs, setSilentMs] = useState(0);
  const latest = useRef(levels);
  latest.current = levels;
  useEffect(() => {
    if (!talking) return undefined;
    watch.current = new SilenceWatch(Date.now());
    const timer = window.setInterval(() => {
      setSilentMs(watch.current?.take(Date.now(), ...latest.current) ?? 0);
    }, 200);
    return () => {
      window.clearInterval(timer);
      setSilentMs(0);
    };
  }, [talking]);
  return silentMs;
}

const bothSpeakDb = -40;
const tooLoudDb = -8;

function hintOf(call: DeskCall | null, you: number, customer: number, silentMs: number): string | null {
  if (call?.phase === 'held') return 'held';
  if (call?.phase !== 'talking') return null;
  if (call.muted && you > bothSpeakDb) return 'muted';
  if (call.thanksDue) return 'thanks';
  if (you > tooLoudDb) return 'loud';
  if (you > bothSpeakDb && customer > bothSpeakDb) return 'let-finish';
  return silentMs > nudgeAfterMs ? 'silence' : null;
}
