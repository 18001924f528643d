import { type PhoneBookEntry, type PhoneBookWish, phoneBookEntrySchema } from '@contracts/dialling';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { fetchJson, request } from '../../app/api';

const listSchema = z.array(phoneBookEntrySchema);
const key = ['phone-book'];

/** Departments and partners that customers are put through to. */
export function usePhoneBook() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchJson('/api/phone-book', listSchema, undefined, signal),
  });
}

/** Adds an entry, or changes the one with `id`. */
export function useWriteEntry() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, wish }: { id: string | undefined; wish: PhoneBookWish }): Promise<PhoneBookEntry> =>
      request(id ? 'PUT' : 'POST', id ? `/api/phone-book/${id}` : '/api/phone-book', {
        body: wish,
        answer: phoneBookEntrySchema,
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  });
}

export function useRemoveEntry() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request('DELETE', `/api/phone-book/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
}
