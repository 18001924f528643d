import { pageOf } from '@contracts/call';
import { resultRowSchema, resultSchema } from '@contracts/quality';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fetchJson } from '../app/api';
import { useServerEvent } from '../realtime/connection-context';

const listKey = ['results'];

/** The agent's own scores, the newest first. */
export function useResults() {
  return useQuery({
    queryKey: listKey,
    queryFn: async ({ signal }) => {
      const page = await fetchJson('/api/quality/results', pageOf(resultRowSchema), { limit: 200 }, signal);
      return page.items;
    },
  });
}

/** One score with all it rests on. Opening it tells the server that the agent has seen it. */
export function useResult(evaluationId: string | undefined) {
  const cache = useQueryClient();
  return useQuery({
    queryKey: ['result', evaluationId],
    enabled: evaluationId !== undefined,
    queryFn: async ({ signal }) => {
      const result = await fetchJson(`/api/quality/results/${evaluationId}`, resultSchema, undefined, signal);
      await cache.invalidateQueries({ queryKey: listKey });
      return result;
    },
  });
}

/** The score that was published while the page is open, and the way to put the notice away. */
export function usePublished(): { published: string | null; dismiss: () => void } {
  const cache = useQueryClient();
  const [published, setPublished] = useState<string | null>(null);
  useServerEvent('result.published', ({ evaluationId }) => {
    setPublished(evaluationId);
    void cache.invalidateQueries({ queryKey: listKey });
  });
  return { published, dismiss: () => setPublished(null) };
}
