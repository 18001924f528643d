import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './notice.module.css';
import { useRefusalText } from './use-refusal-text';

/** Something failed: what happened, what to do, and a code to quote. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('ui');
  const { what, todo, code, reference } = useRefusalText()(error);
  return (
    <div className={styles.notice} role="alert" data-testid="error" data-code={code}>
      <strong>{what}</strong>
      <p className="soft">{todo}</p>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      <span className={styles.code}>
        {t('code')} {code}
        {reference ? ` · ${reference}` : ''}
      </span>
    </div>
  );
}
