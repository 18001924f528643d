import { type CallQuery, callDetailSchema, callSummarySchema, pageOf } from '@contracts/call';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { fetchJson } from '../app/api';

export type CallFilter = Partial<Pick<CallQuery, 'outcome' | 'fromNumber' | 'since' | 'until'>>;

const pageSize = 50;
const liveEveryMs = 2_000;

/** The list of calls page by page; looked at again by itself, for calls come all day. */
export function useCalls(filter: CallFilter) {
  return useInfiniteQuery({
    queryKey: ['calls', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      fetchJson(
        '/api/calls',
        pageOf(callSummarySchema),
        { ...filter, limit: pageSize, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
}

/** One call with all that happened; followed while something may still happen. */
export function useCall(callId: string) {
  return useQuery({
    queryKey: ['call', callId],
    queryFn: ({ signal }) => fetchJson(`/api/calls/${callId}`, callDetailSchema, undefined, signal),
    refetchInterval: ({ state: { data } }) => {
      if (!data) return false;
      const wrapping = data.handlings.some((handling) => handling.phase === 'wrap-up');
      const storing = data.recordings.some((recording) => recording.state !== 'stored');
      return data.state !== 'ended' || wrapping || storing ? liveEveryMs : false;
    },
  });
}
