import { checkedNumberSchema, type DiallingChange, diallingVersionSchema } from '@contracts/dialling';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchJson, request } from '../../app/api';

const key = ['dialling'];

/** Who may dial what: the rules in force. */
export function useDialling() {
  return useQuery({
    queryKey: key,
    queryFn: ({ signal }) => fetchJson('/api/dialling', diallingVersionSchema, undefined, signal),
  });
}

/** A new version of the rules. */
export function useChangeDialling() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: DiallingChange) =>
      request('PUT', '/api/dialling', { body: change, answer: diallingVersionSchema }),
    onSuccess: (version) => cache.setQueryData(key, version),
  });
}

/** What would become of a number for the one who asks; nothing is dialled. */
export function useNumberCheck() {
  return useMutation({
    mutationFn: (number: string) =>
      request('POST', '/api/dialling/check', { body: { number }, answer: checkedNumberSchema }),
  });
}
