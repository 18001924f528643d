import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { type DeskAction, keyOfAction } from './key-bindings';
import styles from './key-list.module.css';

/** All keys of the desk. */
export function KeyList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('desk');
  const actions = Object.keys(keyOfAction) as DeskAction[];
  return (
    <Modal open={open} title={t('keys.title')} onCancel={onClose} footer={null} width={360}>
      <p className="soft">{t('keys.hint')}</p>
      <dl className={styles.keys} data-testid="keys">
        {actions.map((action) => (
          <div key={action}>
            <dt>
              <kbd>{keyOfAction[action]}</kbd>
            </dt>
            <dd>{t(`keys.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
