import type { PhoneBookEntry, PhoneBookWish } from '@contracts/dialling';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { RefusalAlert } from '../refusal-alert';
import { useWriteEntry } from './use-phone-book';

interface EntryFormProps {
  /** The entry that is changed; nothing for a new one. */
  entry: PhoneBookEntry | undefined;
  onDone: () => void;
}

/** One department or partner. A refused number keeps what was typed. */
export function EntryForm({ entry, onDone }: EntryFormProps) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<PhoneBookWish>();
  const write = useWriteEntry();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Modal
      open
      title={t(entry ? 'book.change' : 'book.add')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', loading: write.isPending }}
      onCancel={onDone}
      modalRender={(dialog) => (
        <Form
          form={form}
          layout="vertical"
          data-testid="entry-form"
          initialValues={entry}
          onFinish={({ zh, en, number }) =>
            write.mutate({ id: entry?.id, wish: { zh, en, number } }, { onSuccess: onDone })
          }
        >
          {dialog}
        </Form>
      )}
    >
      <Form.Item name="zh" label={t('book.zh')} rules={required}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="en" label={t('book.en')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="number" label={t('book.number')} rules={required} extra={t('book.numberHint')}>
        <Input maxLength={40} inputMode="tel" className="tabular" />
      </Form.Item>
      <RefusalAlert error={write.error} />
    </Modal>
  );
}
