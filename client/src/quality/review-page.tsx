import { useParams } from 'react-router';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { ReviewBoard } from './review-board';
import { useReview } from './use-review';

/** One handling under review. */
export default function ReviewPage() {
  const { handlingId = '' } = useParams();
  const review = useReview(handlingId);
  if (review.data) return <ReviewBoard key={handlingId} review={review.data} />;
  if (review.isError) return <ErrorState error={review.error} onRetry={() => review.refetch()} />;
  return <Loading />;
}
