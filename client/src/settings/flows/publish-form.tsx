import type { FlowDocument } from '@contracts/flow';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { RefusalAlert } from '../refusal-alert';
import { usePublishFlow } from './use-flows';

interface PublishFormProps {
  number: string;
  basedOn: number;
  document: FlowDocument;
  onDone: () => void;
}

/** Why the flow is changed; callers who arrive from then on are led by the new version. */
export function PublishForm({ number, basedOn, document, onDone }: PublishFormProps) {
  const { t } = useTranslation('flows');
  const publish = usePublishFlow(number);
  return (
    <Modal
      open
      title={t('publish')}
      okText={t('publish')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', loading: publish.isPending }}
      onCancel={onDone}
      modalRender={(dialog) => (
        <Form<{ why: string }>
          layout="vertical"
          data-testid="publish-form"
          onFinish={({ why }) => publish.mutate({ basedOn, why, document }, { onSuccess: onDone })}
        >
          {dialog}
        </Form>
      )}
    >
      <p className="soft">{t('publish-hint')}</p>
      <Form.Item
        name="why"
        label={t('why')}
        rules={[{ required: true, whitespace: true, message: t('why-missing') }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <RefusalAlert error={publish.error} />
    </Modal>
  );
}
