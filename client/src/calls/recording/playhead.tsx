import { useEffect, useRef } from 'react';
import { type Axis, along } from './lanes';
import type { RecordingPlayer } from './recording-player';
import styles from './stage.module.css';

/** A line at the playing place. It follows the player's store by itself, past React: sixty moves a second. */
export function Playhead({ player, axis }: { player: RecordingPlayer; axis: Axis }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = (atMs: number) => {
      if (line.current) line.current.style.left = `${along(axis, atMs) * 100}%`;
    };
    move(player.state.getState().atMs);
    return player.state.subscribe((state) => move(state.atMs));
  }, [player, axis]);
  return <div ref={line} className={styles.playhead} aria-hidden />;
}
