import { pageOf } from '@contracts/call';
import { resultRowSchema, resultSchema } from '@contracts/quality';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { fetchJson } from '../app/api';
import { useServerEvent } from '../realtime/connection-context';

const listKey = ['results'];

// The list is short (one agent's own scores): the server may send it whole or as a first page.
const listSchema = z.union([z.array(resultRowSchema), pageOf(resultRowSchema)]);

/** The agent's own scores, the newest first. */
export function useResults() {
  return useQuery({
    queryKey: listKey,
    queryFn: async ({ signal }) => {
      const list = await fetchJson('/api/quality/results', listSchema, undefined, signal);
      return Array.isArray(list) ? list : list.items;
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
