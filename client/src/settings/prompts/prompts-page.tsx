import type { PromptSummary } from '@contracts/prompt';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { EmptyState } from '../../ui/empty-state';
import { ErrorState } from '../../ui/error-state';
import { Loading } from '../../ui/loading';
import styles from '../settings.module.css';
import { PromptForm } from './prompt-form';
import { PromptTable } from './prompt-table';
import { usePrompts } from './use-prompts';

/** The house's own announcements: heard here, uploaded, replaced and removed by the supervisor. */
export default function PromptsPage() {
  const { t } = useTranslation('settings');
  const mayWrite = useMay()('flows.write');
  const prompts = usePrompts();
  const [editing, setEditing] = useState<PromptSummary | 'new' | null>(null);
  if (prompts.isPending) return <Loading />;
  if (prompts.isError && !prompts.data)
    return <ErrorState error={prompts.error} onRetry={() => prompts.refetch()} />;
  const list = prompts.data ?? [];
  const upload = mayWrite && (
    <Button type="primary" data-testid="prompt-add" onClick={() => setEditing('new')}>
      {t('prompts.add')}
    </Button>
  );
  return (
    <>
      <header className={styles.head}>
        <h1>{t('page.prompts')}</h1>
        {list.length > 0 && <span className={styles.push}>{upload}</span>}
      </header>
      {list.length > 0 ? (
        <PromptTable prompts={list} mayWrite={mayWrite} onChange={setEditing} />
      ) : (
        <EmptyState title={t('prompts.empty')} hint={t('prompts.emptyHint')} action={upload} />
      )}
      {editing && (
        <PromptForm prompt={editing === 'new' ? undefined : editing} onDone={() => setEditing(null)} />
      )}
    </>
  );
}
