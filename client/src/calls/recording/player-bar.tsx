import {
  CaretRightOutlined,
  PauseOutlined,
  StepBackwardOutlined,
  StepForwardOutlined,
} from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { clockText } from '../time-text';
import { type RecordingPlayer, type Solo, speeds } from './recording-player';
import styles from './stage.module.css';

interface PlayerBarProps {
  player: RecordingPlayer;
  durationMs: number;
  /** Further buttons of the page. */
  children?: ReactNode;
}

/** Steps of the arrow keys and the buttons. */
export const skipMs = 5_000;

/** Play, steps, speed, one channel alone. Its keys work everywhere on the page. */
export function PlayerBar({ player, durationMs, children }: PlayerBarProps) {
  const { t } = useTranslation('calls');
  const playing = useStore(player.state, (state) => state.playing);
  const tenths = useStore(player.state, (state) => Math.floor(state.atMs / 100));
  const speed = useStore(player.state, (state) => state.speed);
  const solo = useStore(player.state, (state) => state.solo);
  const failed = useStore(player.state, (state) => state.failed);
  const channels: readonly Solo[] = ['both', 'customer', 'agent'];
  return (
    <div className={styles.bar} data-testid="player" data-playing={playing}>
      <Button icon={<StepBackwardOutlined />} title={t('player.back')} onClick={() => player.skip(-skipMs)}>
        5 <kbd>←</kbd>
      </Button>
      <Button
        type="primary"
        icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
        data-testid="play"
        onClick={() => player.toggle()}
      >
        {t(playing ? 'player.pause' : 'player.play')} <kbd>{t('player.space')}</kbd>
      </Button>
      <Button icon={<StepForwardOutlined />} title={t('player.forth')} onClick={() => player.skip(skipMs)}>
        5 <kbd>→</kbd>
      </Button>
      <span className={`tabular ${styles.clock}`} data-testid="play-position" data-ms={tenths * 100}>
        {clockText(tenths * 100, true)} / {clockText(durationMs)}
      </span>
      <Segmented
        aria-label={t('player.speed')}
        value={speed}
        options={speeds.map((each) => ({ value: each, label: `${each}×` }))}
        onChange={(each) => player.setSpeed(each)}
      />
      <Segmented
        aria-label={t('player.solo')}
        value={solo}
        options={channels.map((each) => ({ value: each, label: t(`solo.${each}`) }))}
        onChange={(each) => player.setSolo(each)}
      />
      {failed && (
        <span className={styles.failed} role="alert">
          {t('player.failed')}
        </span>
      )}
      <span className={styles.more}>{children}</span>
    </div>
  );
}
