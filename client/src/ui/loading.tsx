import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './notice.module.css';

/** Waiting for a page or its data. */
export function Loading() {
  const { t } = useTranslation('ui');
  return (
    <div className={styles.notice} role="status">
      <Spin />
      <span className="visually-hidden">{t('loading')}</span>
    </div>
  );
}
