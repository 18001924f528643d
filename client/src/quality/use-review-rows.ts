import { pageOf } from '@contracts/call';
import { type ReviewQuery, reviewRowSchema } from '@contracts/quality';
import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchJson } from '../app/api';

export type ReviewFilter = Partial<Pick<ReviewQuery, 'agentId' | 'state' | 'since' | 'until'>>;

const pageSize = 50;

/** The list page by page; looked at again by itself, for calls end all day. */
export function useReviewRows(filter: ReviewFilter) {
  return useInfiniteQuery({
    queryKey: ['review-rows', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      fetchJson(
        '/api/quality/handlings',
        pageOf(reviewRowSchema),
        { ...filter, limit: pageSize, cursor: pageParam },
        signal,
      ),
    getNextPageParam: (page) => page.next,
    refetchInterval: 15_000,
  });
}
