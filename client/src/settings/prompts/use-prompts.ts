import { type PromptSummary, type PromptWish, promptSummarySchema } from '@contracts/prompt';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson, request } from '../../app/api';

const listSchema = z.array(promptSummarySchema);
const key = ['prompts'];

/** The house's announcements by name. */
export function usePrompts() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchJson('/api/prompts', listSchema, undefined, signal),
  });
}

export interface PromptChange {
  /** The prompt that is changed; nothing for a new one. */
  id: string | undefined;
  wish: PromptWish;
  /** A new prompt needs one; a changed one keeps its own without. */
  file: File | undefined;
}

/** Uploads a prompt, or changes one: its words first, then its recording. */
export function useWritePrompt() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: write,
    // After a failure too: the words may be written and the recording refused.
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
}

export function useRemovePrompt() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request('DELETE', `/api/prompts/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
}

/** Where the browser plays it from; another recording has another address. */
export function audioAddress({ id, changedAt }: PromptSummary): string {
  return `/api/prompts/${id}/audio?as-of=${encodeURIComponent(changedAt)}`;
}

async function write({ id, wish, file }: PromptChange): Promise<PromptSummary> {
  const answer = promptSummarySchema;
  if (id === undefined) return request('POST', '/api/prompts', { body: formOf(file, wish), answer });
  const changed = await request('PUT', `/api/prompts/${id}`, { body: wish, answer });
  return file ? request('PUT', `/api/prompts/${id}/audio`, { body: formOf(file), answer }) : changed;
}

function formOf(file: File | undefined, fields: Partial<PromptWish> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file) form.append('audio', file);
  return form;
}
