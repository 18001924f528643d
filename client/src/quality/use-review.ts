import { type Review, reviewSchema } from '@contracts/quality';
import { useQuery } from '@tanstack/react-query';
import { fetchJson } from '../app/api';

/** How often a review still being completed (recording under way, agent in wrap-up) is looked at again. */
const settleEveryMs = 3_000;

/** True while the server still adds to it by itself. */
function unsettled(review: Review | undefined): boolean {
  if (!review) return false;
  const { recording, handling, call } = review;
  if (recording && recording.state !== 'stored') return true;
  return call.state !== 'ended' || handling.wrapUpCompletedAt === null;
}

/** Everything about one handling; looked at again by itself until its recording is stored. */
export function useReview(handlingId: string) {
  return useQuery({
    queryKey: ['review', handlingId],
    queryFn: ({ signal }) =>
      fetchJson(`/api/quality/handlings/${handlingId}`, reviewSchema, undefined, signal),
    refetchInterval: ({ state }) => (unsettled(state.data) ? settleEveryMs : false),
  });
}
