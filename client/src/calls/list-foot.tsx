import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './list.module.css';

interface ListFootProps {
  count: number;
  hasMore: boolean;
  loading: boolean;
  onMore: () => void;
}

/** Below a list: how many rows are there, and the way to more. */
export function ListFoot({ count, hasMore, loading, onMore }: ListFootProps) {
  const { t } = useTranslation('calls');
  return (
    <div className={styles.foot}>
      <span className="soft tabular">{t('shown', { count })}</span>
      {hasMore && (
        <Button size="small" loading={loading} onClick={onMore} data-testid="more">
          {t('more')}
        </Button>
      )}
    </div>
  );
}
