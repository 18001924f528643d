import type { CallSummary } from '@contracts/call';
import { Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Duration } from '../ui/duration';
import { Caller } from './caller';
import { customerOf } from './caller-of';
import { houseTime } from './house-time';
import styles from './list.module.css';
import { OutcomeMark } from './outcome-mark';
import { secondsText } from './time-text';
import { useHouseTimeZone } from './use-policy';

interface CallTableProps {
  rows: CallSummary[];
  activeId: string | null;
  onOpen: (callId: string) => void;
}

const length = (ms: number | null) => (ms === null ? <span className="soft">–</span> : <Duration ms={ms} />);

/** One row a call. */
export function CallTable({ rows, activeId, onOpen }: CallTableProps) {
  const { t } = useTranslation('calls');
  const timeZone = useHouseTimeZone();
  const columns = useMemo<TableColumnsType<CallSummary>>(
    () => [
      {
        title: t('column.arrived'),
        width: 132,
        render: (_, call) => <span className="tabular">{houseTime(call.arrivedAt, timeZone)}</span>,
      },
      {
        title: t('column.number'),
        width: 150,
        render: (_, call) => <Caller number={customerOf(call)} callId={call.id} />,
      },
      { title: t('column.outcome'), width: 120, render: (_, call) => <OutcomeMark outcome={call.outcome} /> },
      { title: t('column.queue'), width: 140, render: (_, call) => call.queueName ?? '–' },
      {
        title: t('column.agent'),
        render: (_, call) =>
          call.agents.map((agent) => (
            <span key={agent.agentId} style={{ marginInlineEnd: 8 }}>
              <span className="tabular">{agent.agentNumber}</span> {agent.name}
            </span>
          )),
      },
      { title: t('column.waited'), width: 80, align: 'right', render: (_, call) => length(call.waitedMs) },
      { title: t('column.talked'), width: 80, align: 'right', render: (_, call) => length(call.talkedMs) },
      {
        title: t('column.holds'),
        width: 130,
        align: 'right',
        render: (_, call) =>
          call.holds > 0 && (
            <span className="tabular">
              {t('holdsText', { count: call.holds, seconds: secondsText(call.heldMs) })}
            </span>
          ),
      },
      {
        title: t('column.endedBy'),
        width: 130,
        render: (_, call) => (call.endedBy ? t(`byShort.${call.endedBy}`) : '–'),
      },
    ],
    [t, timeZone],
  );
  return (
    <Table
      className={styles.table}
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={rows}
      pagination={false}
      rowClassName={(call) => (call.id === activeId ? (styles.active ?? '') : '')}
      onRow={(call) => ({ onClick: () => onOpen(call.id) })}
      data-testid="calls"
    />
  );
}
