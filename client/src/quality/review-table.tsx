import type { ReviewRow } from '@contracts/quality';
import { Table, type TableColumnsType, Tag } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Caller } from '../calls/caller';
import { customerOf } from '../calls/caller-of';
import { houseTime } from '../calls/house-time';
import styles from '../calls/list.module.css';
import { RecordingMark } from '../calls/recording-mark';
import { between, secondsText } from '../calls/time-text';
import { useHouseTimeZone } from '../calls/use-policy';
import { Duration } from '../ui/duration';
import { ScoreMark } from './score-mark';

interface ReviewTableProps {
  rows: ReviewRow[];
  activeId: string | null;
  onOpen: (handlingId: string) => void;
}

/** One row a handling. */
export function ReviewTable({ rows, activeId, onOpen }: ReviewTableProps) {
  const { t } = useTranslation(['quality', 'calls']);
  const timeZone = useHouseTimeZone();
  const columns = useMemo<TableColumnsType<ReviewRow>>(
    () => [
      {
        title: t('column.when'),
        width: 132,
        render: (_, { handling }) => (
          <span className="tabular">{houseTime(handling.answeredAt ?? handling.offeredAt, timeZone)}</span>
        ),
      },
      {
        title: t('column.agent'),
        width: 150,
        render: (_, { handling }) => (
          <>
            <span className="tabular">{handling.agentNumber}</span> {handling.agentName}
          </>
        ),
      },
      {
        title: t('column.number'),
        width: 140,
        render: (_, { call }) => <Caller number={customerOf(call)} callId={call.id} />,
      },
      {
        title: t('column.duration'),
        width: 80,
        align: 'right',
        render: (_, { handling }) => <Duration ms={between(handling.answeredAt, handling.endedAt) ?? 0} />,
      },
      {
        title: t('column.holds'),
        width: 120,
        align: 'right',
        render: (_, { call }) =>
          call.holds > 0 && (
            <span className="tabular">
              {t('calls:holdsText', { count: call.holds, seconds: secondsText(call.heldMs) })}
            </span>
          ),
      },
      {
        title: t('column.failed'),
        render: (_, { failed }) =>
          failed.length === 0 ? (
            <span className="soft">{t('noneFailed')}</span>
          ) : (
            [...new Set(failed)].map((clause) => (
              <Tag key={clause} color="error" variant="outlined">
                {clause}
              </Tag>
            ))
          ),
      },
      {
        title: t('column.recording'),
        width: 150,
        render: (_, { recordingState }) => <RecordingMark state={recordingState} />,
      },
      {
        title: t('column.score'),
        width: 190,
        render: (_, { evaluation }) => <ScoreMark evaluation={evaluation} />,
      },
    ],
    [t, timeZone],
  );
  return (
    <Table
      className={styles.table}
      size="small"
      rowKey={({ handling }) => handling.id}
      columns={columns}
      dataSource={rows}
      pagination={false}
      rowClassName={({ handling }) => (handling.id === activeId ? (styles.active ?? '') : '')}
      onRow={({ handling }) => ({ onClick: () => onOpen(handling.id) })}
      data-testid="review-rows"
    />
  );
}
