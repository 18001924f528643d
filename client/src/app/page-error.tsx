import { useEffect } from 'react';
import { useRouteError } from 'react-router';
import { ErrorState } from '../ui/error-state';

/** A page that broke: says so and offers to load it again. */
export function PageError() {
  const error = useRouteError();
  useEffect(() => console.error('the page broke', error), [error]);
  return <ErrorState error={error} onRetry={() => window.location.reload()} />;
}
