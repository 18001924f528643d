import { callOutcomes } from '@contracts/call';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { CallTable } from './call-table';
import { DayRange } from './day-range';
import { houseDays } from './house-time';
import styles from './list.module.css';
import { ListFoot } from './list-foot';
import { useCalls } from './use-calls';
import { useListKeys } from './use-list-keys';
import { useHouseTimeZone } from './use-policy';

/** Every call, newest first. The filters live in the address, so that the way back keeps them. */
export default function CallsPage() {
  const { t } = useTranslation('calls');
  const navigate = useNavigate();
  const timeZone = useHouseTimeZone();
  const [params, setParams] = useSearchParams();
  const outcome = callOutcomes.find((one) => one === params.get('outcome'));
  const number = params.get('number') ?? '';
  const [typed, setTyped] = useState(number);
  const [from, until] = [params.get('from'), params.get('until')];
  const filter = useMemo(
    () => ({
      ...(outcome ? { outcome } : {}),
      ...(number ? { fromNumber: number } : {}),
      ...(from && until ? houseDays(from, until, timeZone) : {}),
    }),
    [outcome, number, from, until, timeZone],
  );
  const list = useCalls(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const open = (id: string) => navigate(`/calls/${id}`);
  const activeId = useListKeys(
    rows.map((row) => row.id),
    open,
  );
  const change = (changes: Record<string, string | undefined>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes))
          if (value) next.set(name, value);
          else next.delete(name);
        return next;
      },
      { replace: true },
    );
  const filtered = Object.keys(filter).length > 0;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <Select
          allowClear
          style={{ width: 140 }}
          aria-label={t('filter.outcome')}
          placeholder={t('filter.anyOutcome')}
          value={outcome}
          options={callOutcomes.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          onChange={(value: string | undefined) => change({ outcome: value })}
        />
        <DayRange
          days={from && until ? [from, until] : null}
          onChange={(days) => change({ from: days?.[0], until: days?.[1] })}
        />
        <Input.Search
          allowClear
          style={{ width: 220 }}
          aria-label={t('filter.number')}
          placeholder={t('filter.numberPlaceholder')}
          maxLength={40}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(value) => change({ number: value.trim() })}
        />
        {filtered && (
          <Button
            type="link"
            onClick={() => {
              setTyped('');
              setParams({}, { replace: true });
            }}
          >
            {t('filter.clear')}
          </Button>
        )}
        <span className={styles.hint}>{t('keysHint')}</span>
      </header>
      {list.isPending ? (
        <Loading />
      ) : list.isError && rows.length === 0 ? (
        <ErrorState error={list.error} onRetry={() => list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={t(filtered ? 'emptyFiltered' : 'empty')}
          hint={t(filtered ? 'emptyFilteredHint' : 'emptyHint')}
        />
      ) : (
        <>
          <CallTable rows={rows} activeId={activeId} onOpen={open} />
          <ListFoot
            count={rows.length}
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </div>
  );
}
