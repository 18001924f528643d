import type { PhoneBookEntry } from '@contracts/dialling';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRefusalNotice } from '../../ui/use-refusal-notice';
import { RowActions } from '../row-actions';
import styles from '../settings.module.css';
import { useRemoveEntry } from './use-phone-book';

interface EntryTableProps {
  entries: PhoneBookEntry[];
  mayWrite: boolean;
  onChange: (entry: PhoneBookEntry) => void;
}

/** One row an entry. */
export function EntryTable({ entries, mayWrite, onChange }: EntryTableProps) {
  const { t } = useTranslation('settings');
  const remove = useRemoveEntry();
  const notice = useRefusalNotice();
  const actions = (entry: PhoneBookEntry) => (
    <RowActions
      name={entry.zh}
      onChange={() => onChange(entry)}
      onRemove={() => remove.mutate(entry.id, { onError: notice })}
    />
  );
  return (
    <Table
      className={styles.table}
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={entries}
      data-testid="phone-book"
      columns={[
        { title: t('book.zh'), dataIndex: 'zh' },
        { title: t('book.en'), dataIndex: 'en' },
        {
          title: t('book.number'),
          width: 200,
          render: (_, { number }) => <span className="tabular">{number}</span>,
        },
        ...(mayWrite
          ? [
              {
                title: t('actions'),
                width: 180,
                render: (_: unknown, entry: PhoneBookEntry) => actions(entry),
              },
            ]
          : []),
      ]}
    />
  );
}
