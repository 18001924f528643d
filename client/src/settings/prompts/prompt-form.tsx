import type { PromptSummary, PromptWish } from '@contracts/prompt';
import { Button, Form, Input, Modal, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RefusalAlert } from '../refusal-alert';
import { useWritePrompt } from './use-prompts';

interface PromptFormProps {
  /** The prompt that is changed; nothing for a new one. */
  prompt: PromptSummary | undefined;
  onDone: () => void;
}

/** One announcement: its name, what is said, and its recording. What was refused stays as it was typed. */
export function PromptForm({ prompt, onDone }: PromptFormProps) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<PromptWish>();
  const [file, setFile] = useState<File>();
  const [fileMissing, setFileMissing] = useState(false);
  const write = useWritePrompt();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const save = (wish: PromptWish) => {
    setFileMissing(!prompt && !file);
    if (prompt || file) write.mutate({ id: prompt?.id, wish, file }, { onSuccess: onDone });
  };
  return (
    <Modal
      open
      title={t(prompt ? 'prompts.change' : 'prompts.add')}
      okText={t('save')}
      cancelText={t('cancel')}
      okButtonProps={{ htmlType: 'submit', loading: write.isPending }}
      onCancel={onDone}
      modalRender={(dialog) => (
        <Form
          form={form}
          layout="vertical"
          data-testid="prompt-form"
          initialValues={prompt && { name: prompt.name, ...prompt.text }}
          onFinish={save}
        >
          {dialog}
        </Form>
      )}
    >
      <Form.Item name="name" label={t('prompts.name')} rules={required}>
        <Input maxLength={60} autoFocus />
      </Form.Item>
      <Form.Item name="zh" label={t('prompts.zh')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item name="en" label={t('prompts.en')} rules={required}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item
        label={t('prompts.file')}
        required={!prompt}
        extra={t(prompt ? 'prompts.fileKept' : 'prompts.fileHint')}
        {...(fileMissing ? { validateStatus: 'error' as const, help: t('prompts.fileMissing') } : {})}
      >
        <Upload
          accept="audio/*"
          maxCount={1}
          // Sent with the form, not by itself.
          beforeUpload={(chosen) => {
            setFile(chosen);
            setFileMissing(false);
            return false;
          }}
          onRemove={() => setFile(undefined)}
        >
          <Button>{t('prompts.choose')}</Button>
        </Upload>
      </Form.Item>
      {write.isPending && <p className="soft">{t('prompts.converting')}</p>}
      <RefusalAlert error={write.error} />
    </Modal>
  );
}
