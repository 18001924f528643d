import { diallingRulesSchema } from '@contracts/dialling';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { fits } from '../fits';

const prefixesSchema = diallingRulesSchema.shape.denied;

interface PrefixListProps {
  name: string | (string | number)[];
  label: string;
  hint?: string;
  disabled: boolean;
}

/** Beginnings of numbers, typed one after the other. */
export function PrefixList({ name, label, hint, disabled }: PrefixListProps) {
  const { t } = useTranslation('settings');
  return (
    <Form.Item name={name} label={label} extra={hint} rules={[fits(prefixesSchema, t('dialling.badPrefix'))]}>
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        style={{ minWidth: 260 }}
        tokenSeparators={[',', '，', ' ']}
        placeholder={t('dialling.prefixes')}
        disabled={disabled}
      />
    </Form.Item>
  );
}
