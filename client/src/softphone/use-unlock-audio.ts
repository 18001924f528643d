import { useEffect } from 'react';
import { audioUnlocked, unlockAudio } from './audio-context';

/** After a reload nobody signed in by a click: the first touch of the page unlocks its sounds. */
export function useUnlockAudio(): void {
  useEffect(() => {
    const unlock = () => {
      if (!audioUnlocked()) unlockAudio();
    };
    window.addEventListener('pointerdown', unlock);
    window.addEventListener('keydown', unlock);
    return () => {
      window.removeEventListener('pointerdown', unlock);
      window.removeEventListener('keydown', unlock);
    };
  }, []);
}
