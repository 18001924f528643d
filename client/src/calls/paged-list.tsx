import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { ListFoot } from './list-foot';

interface PagedListProps<Row> {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Row[] }>>;
  rows: readonly Row[];
  /** What is said when there are no rows. */
  empty: { title: string; hint: string };
  children: ReactNode;
}

/** A list that is read page by page: the table, or what is there instead of it. */
export function PagedList<Row>({ list, rows, empty, children }: PagedListProps<Row>) {
  if (list.isPending) return <Loading />;
  if (list.isError && rows.length === 0)
    return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  if (rows.length === 0) return <EmptyState {...empty} />;
  return (
    <>
      {children}
      <ListFoot
        count={rows.length}
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
      />
    </>
  );
}
