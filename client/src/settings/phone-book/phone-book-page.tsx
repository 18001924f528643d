import type { PhoneBookEntry } from '@contracts/dialling';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/error-state';
import { Loading } from '../../ui/loading';
import styles from '../settings.module.css';
import { EntryForm } from './entry-form';
import { EntryTable } from './entry-table';
import { usePhoneBook } from './use-phone-book';

/** The departments and partners that customers are put through to. */
export default function PhoneBookPage() {
  const { t } = useTranslation('settings');
  const mayWrite = useMay()('dialling.write');
  const book = usePhoneBook();
  const [search, setSearch] = useState('');
  const [editing, setEditing] = useState<PhoneBookEntry | 'new' | null>(null);
  if (book.isPending) return <Loading />;
  if (book.isError && !book.data) return <ErrorState error={book.error} onRetry={() => book.refetch()} />;
  const entries = book.data ?? [];
  const found = entries.filter((entry) => matches(entry, search));
  const add = mayWrite && (
    <Button type="primary" data-testid="entry-add" onClick={() => setEditing('new')}>
      {t('book.add')}
    </Button>
  );
  return (
    <>
      <header className={styles.head}>
        <h1>{t('page.phone-book')}</h1>
        <Input
          allowClear
          style={{ width: 240 }}
          aria-label={t('book.search')}
          placeholder={t('book.search')}
          data-testid="entry-search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {entries.length > 0 && <span className={styles.push}>{add}</span>}
      </header>
      {found.length > 0 ? (
        <EntryTable entries={found} mayWrite={mayWrite} onChange={setEditing} />
      ) : entries.length > 0 ? (
        <EmptyState title={t('book.nothingFound')} hint={t('book.nothingFoundHint')} />
      ) : (
        <EmptyState title={t('book.empty')} hint={t('book.emptyHint')} action={add} />
      )}
      {editing && (
        <EntryForm entry={editing === 'new' ? undefined : editing} onDone={() => setEditing(null)} />
      )}
    </>
  );
}

function matches({ zh, en, number }: PhoneBookEntry, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return [zh, en, number].some((text) => text.toLowerCase().includes(wanted));
}
