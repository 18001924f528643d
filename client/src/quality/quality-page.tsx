import type { ReviewQuery } from '@contracts/quality';
import { Button, Segmented, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { DayRange } from '../calls/day-range';
import { houseDays } from '../calls/house-time';
import styles from '../calls/list.module.css';
import { PagedList } from '../calls/paged-list';
import { useAddressFilter } from '../calls/use-address-filter';
import { useListKeys } from '../calls/use-list-keys';
import { useHouseTimeZone } from '../calls/use-policy';
import { ReviewTable } from './review-table';
import { useReviewRows } from './use-review-rows';

type State = NonNullable<ReviewQuery['state']>;
const states: readonly State[] = ['unscored', 'draft', 'submitted'];

/** Answered handlings to review. The filters live in the address, so that the way back keeps them. */
export default function QualityPage() {
  const { t } = useTranslation('quality');
  const navigate = useNavigate();
  const timeZone = useHouseTimeZone();
  const { params, days, change, clear } = useAddressFilter();
  const state = states.find((one) => one === params.get('state'));
  const agentId = params.get('agent') ?? undefined;
  const [from, until] = days ?? [];
  const filter = useMemo(
    () => ({
      ...(state ? { state } : {}),
      ...(agentId ? { agentId } : {}),
      ...(from && until ? houseDays(from, until, timeZone) : {}),
    }),
    [state, agentId, from, until, timeZone],
  );
  const list = useReviewRows(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const open = (id: string) => navigate(`/quality/${id}`);
  const activeId = useListKeys(
    rows.map((row) => row.handling.id),
    open,
  );
  const agents = new Map(rows.map(({ handling }) => [handling.agentId, handling]));
  const filtered = Object.keys(filter).length > 0;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{t('title')}</h1>
        <Segmented
          aria-label={t('filter.state')}
          value={state ?? 'any'}
          options={(['any', ...states] as const).map((value) => ({ value, label: t(`filter.${value}`) }))}
          onChange={(value) => change({ state: value === 'any' ? undefined : value })}
        />
        <Select
          allowClear
          style={{ width: 150 }}
          aria-label={t('filter.agent')}
          placeholder={t('filter.anyAgent')}
          value={agentId}
          options={[...agents.values()].map((handling) => ({
            value: handling.agentId,
            label: `${handling.agentNumber} ${handling.agentName}`,
          }))}
          onChange={(value: string | undefined) => change({ agent: value })}
        />
        <DayRange days={days} onChange={(chosen) => change({ from: chosen?.[0], until: chosen?.[1] })} />
        {filtered && (
          <Button type="link" onClick={() => clear()}>
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
        <ReviewTable rows={rows} activeId={activeId} onOpen={open} />
      </PagedList>
    </div>
  );
}
