import { useEffect, useState } from 'react';
import { speechDb } from '../softphone/levels';

const patienceMs = 6_000;

/** Whether the microphone picked anything up: null while it is too early to say. */
export function useEverHeard(stream: MediaStream | null, db: number): boolean | null {
  const [heard, setHeard] = useState<boolean | null>(null);
  useEffect(() => {
    setHeard(null);
    if (!stream) return undefined;
    const timer = window.setTimeout(() => setHeard((before) => before ?? false), patienceMs);
    return () => window.clearTimeout(timer);
  }, [stream]);
  const speaks = db > speechDb;
  useEffect(() => {
    if (speaks) setHeard(true);
  }, [speaks]);
  return heard;
}
