import { useEffect, useState } from 'react';
import { type AudioDevices, listAudioDevices } from './microphone';

/** Audio devices, read again when one is plugged in or out and when `stream` made their names readable. */
export function useAudioDevices(stream: MediaStream | null): AudioDevices {
  const [devices, setDevices] = useState<AudioDevices>({ microphones: [], outputs: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: names become readable with a stream
  useEffect(() => {
    const read = () => {
      listAudioDevices().then(setDevices, (error: unknown) => console.warn('devices unreadable', error));
    };
    read();
    navigator.mediaDevices?.addEventListener('devicechange', read);
    return () => navigator.mediaDevices?.removeEventListener('devicechange', read);
  }, [stream]);
  return devices;
}
