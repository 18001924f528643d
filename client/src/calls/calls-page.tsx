import { callOutcomes } from '@contracts/call';
import { Button, Input, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../app/session';
import { CallTable } from './call-table';
import { DayRange } from './day-range';
import { houseDays } from './house-time';
import styles from './list.module.css';
import { PagedList } from './paged-list';
import { useAddressFilter } from './use-address-filter';
import { useCalls } from './use-calls';
import { useListKeys } from './use-list-keys';
import { useHouseTimeZone } from './use-policy';

/** Every call, newest first. The filters live in the address, so that the way back keeps them. */
export default function CallsPage() {
  const { t } = useTranslation('calls');
  const navigate = useNavigate();
  const timeZone = useHouseTimeZone();
  const { params, days, change, clear } = useAddressFilter();
  const outcome = callOutcomes.find((one) => one === params.get('outcome'));
  const maySearch = useMay()('call.search-number');
  const number = (maySearch && params.get('number')) || '';
  const [typed, setTyped] = useState(number);
  const [from, until] = days ?? [];
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
        <DayRange days={days} onChange={(chosen) => change({ from: chosen?.[0], until: chosen?.[1] })} />
        {maySearch && (
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
        )}
        {filtered && (
          <Button
            type="link"
            onClick={() => {
              setTyped('');
              clear();
            }}
          >
            {t('filter.clear')}
          </Button>
        )}
        <span className={styles.hint}>{t('keysHint')}</span>
      </header>
      <PagedList
        list={list}
        rows={rows}
        empty={{
          title: t(filtered ? 'emptyFiltered' : 'empty'),
          hint: t(filtered ? 'emptyFilteredHint' : 'emptyHint'),
        }}
      >
        <CallTable rows={rows} activeId={activeId} onOpen={open} />
      </PagedList>
    </div>
  );
}
