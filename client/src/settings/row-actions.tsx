import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';

interface RowActionsProps {
  /** What the row is about, for the question and for who does not see the row. */
  name: string;
  onChange: () => void;
  onRemove: () => void;
}

/** Change and remove, at the end of a row. Removing asks first. */
export function RowActions({ name, onChange, onRemove }: RowActionsProps) {
  const { t } = useTranslation('settings');
  return (
    <>
      <Button type="link" size="small" aria-label={`${t('change')} ${name}`} onClick={onChange}>
        {t('change')}
      </Button>
      <Popconfirm
        title={t('removeSure', { name })}
        okText={t('remove')}
        cancelText={t('cancel')}
        okButtonProps={{ danger: true }}
        onConfirm={onRemove}
      >
        <Button type="link" size="small" danger aria-label={`${t('remove')} ${name}`}>
          {t('remove')}
        </Button>
      </Popconfirm>
    </>
  );
}
