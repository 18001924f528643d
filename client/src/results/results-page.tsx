import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useListKeys } from '../calls/use-list-keys';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { ResultDetail } from './result-detail';
import { ResultList } from './result-list';
import styles from './results.module.css';
import { usePublished, useResult, useResults } from './use-results';

/** The agent's own scores: the list at the left, the open one at the right. */
export default function ResultsPage() {
  const { t } = useTranslation('results');
  const { evaluationId } = useParams();
  const navigate = useNavigate();
  const list = useResults();
  const result = useResult(evaluationId);
  const { published, dismiss } = usePublished();
  const open = (id: string) => {
    if (id === published) dismiss();
    navigate(`/results/${id}`);
  };
  const activeId = useListKeys(list.data?.map((row) => row.evaluationId) ?? [], open);
  if (list.isPending) return <Loading />;
  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={() => list.refetch()} />;
  return (
    <div className={styles.page}>
      <aside className={styles.side}>
        <h1>{t('title')}</h1>
        {published && (
          <Alert
            type="info"
            showIcon
            data-testid="result-published"
            title={t('published')}
            closable={{ onClose: dismiss }}
            action={
              <Button size="small" onClick={() => open(published)}>
                {t('open')}
              </Button>
            }
          />
        )}
        <ResultList rows={list.data ?? []} openId={evaluationId} activeId={activeId} onOpen={open} />
      </aside>
      <div className={styles.detail}>
        {result.data ? (
          <ResultDetail key={result.data.evaluation.id} result={result.data} />
        ) : result.isError ? (
          <ErrorState error={result.error} onRetry={() => result.refetch()} />
        ) : evaluationId ? (
          <Loading />
        ) : (
          <EmptyState
            title={t(list.data?.length ? 'choose' : 'empty')}
            hint={t(list.data?.length ? 'chooseHint' : 'emptyHint')}
          />
        )}
      </div>
    </div>
  );
}
