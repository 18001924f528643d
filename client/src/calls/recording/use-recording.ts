import { peaksSchema, type Recording } from '@contracts/recording';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { fetchJson } from '../../app/api';
import { RecordingPlayer } from './recording-player';

/** The player of a stored recording; null while there is none to play. */
export function usePlayer(recording: Recording | null): RecordingPlayer | null {
  const id = recording?.state === 'stored' ? recording.id : null;
  const [player, setPlayer] = useState<RecordingPlayer | null>(null);
  useEffect(() => {
    if (id === null) return undefined;
    const made = new RecordingPlayer(`/api/recordings/${id}/audio`);
    setPlayer(made);
    return () => {
      made.close();
      setPlayer(null);
    };
  }, [id]);
  return player;
}

/** Peaks of a stored recording; they never change. */
export function usePeaks(recording: Recording | null) {
  const id = recording?.id;
  return useQuery({
    queryKey: ['peaks', id],
    queryFn: ({ signal }) => fetchJson(`/api/recordings/${id}/peaks`, peaksSchema, undefined, signal),
    enabled: recording?.state === 'stored',
    staleTime: Number.POSITIVE_INFINITY,
  });
}
