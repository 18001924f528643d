import { useEffect, useState } from 'react';
import { openLevelMeter } from './level-meter';
import { silenceDb } from './levels';

const everyMs = 100;

/** The level of a stream in dB, ten times a second; silence without a stream. */
export function useLevel(stream: MediaStream | null, onLevel?: (db: number) => void): number {
  const [db, setDb] = useState(silenceDb);
  useEffect(() => {
    if (!stream || stream.getAudioTracks().length === 0) return undefined;
    const meter = openLevelMeter(stream);
    const timer = window.setInterval(() => {
      const level = Math.round(meter.level());
      setDb(level);
      onLevel?.(level);
    }, everyMs);
    return () => {
      window.clearInterval(timer);
      meter.close();
      setDb(silenceDb);
    };
  }, [stream, onLevel]);
  return db;
}
