import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { phoneSettings } from './phone-settings';

/** Plays what the other side says, on the chosen output. */
export function RemoteAudio({ stream }: { stream: MediaStream | null }) {
  const element = useRef<HTMLAudioElement>(null);
  const outputId = useStore(phoneSettings, (state) => state.outputId);

  useEffect(() => {
    const audio = element.current;
    if (!audio) return;
    audio.srcObject = stream;
    // Refused only while the page was never touched; the next stream or click tries again.
    if (stream) audio.play().catch((error: unknown) => console.warn('remote audio waits for a click', error));
  }, [stream]);

  useEffect(() => {
    const audio = element.current;
    if (!audio || !('setSinkId' in audio)) return;
    audio.setSinkId(outputId ?? '').catch((error: unknown) => console.warn('output device is gone', error));
  }, [outputId]);

  // A telephone call has no captions.
  // biome-ignore lint/a11y/useMediaCaption: live speech of a telephone call
  return <audio ref={element} autoPlay data-testid="remote-audio" />;
}
