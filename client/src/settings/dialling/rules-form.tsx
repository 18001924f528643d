import { type DiallingRules, type DiallingVersion, diallingRulesSchema } from '@contracts/dialling';
import { App, Button, Form, Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { fits } from '../fits';
import { RefusalAlert } from '../refusal-alert';
import styles from '../settings.module.css';
import { PrefixList } from './prefix-list';
import { diallingRoles, RoleRules } from './role-rules';
import { useChangeDialling } from './use-dialling';

interface RulesFormProps {
  version: DiallingVersion;
  mayWrite: boolean;
}

/** The rules as a form. Saving makes a new version; one that another made meanwhile is not overwritten. */
export function RulesForm({ version, mayWrite }: RulesFormProps) {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const change = useChangeDialling();
  const { areaCode, callerNumber } = diallingRulesSchema.shape;
  const readOnly = !mayWrite;
  return (
    <Form
      className={styles.form}
      layout="vertical"
      data-testid="rules"
      initialValues={withEveryRole(version.rules)}
      disabled={readOnly}
      onFinish={(rules: DiallingRules) =>
        change.mutate(
          { basedOn: version.version, rules: { ...rules, callerName: rules.callerName ?? '' } },
          { onSuccess: () => message.success(t('dialling.saved')) },
        )
      }
    >
      <section className={styles.group}>
        <h2>{t('dialling.line')}</h2>
        <div className={styles.row}>
          <Form.Item
            name="areaCode"
            label={t('dialling.areaCode')}
            extra={t('dialling.areaCodeHint')}
            rules={[{ required: true, ...fits(areaCode, t('dialling.badArea')) }]}
          >
            <Input maxLength={4} className="tabular" />
          </Form.Item>
          <Form.Item
            name="callerNumber"
            label={t('dialling.callerNumber')}
            extra={t('dialling.callerNumberHint')}
            rules={[{ required: true, ...fits(callerNumber, t('dialling.badNumber')) }]}
          >
            <Input maxLength={16} className="tabular" />
          </Form.Item>
          <Form.Item name="callerName" label={t('dialling.callerName')}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item
            name="perAgentPerHour"
            label={t('dialling.perHour')}
            rules={[{ required: true, message: t('required') }]}
          >
            <InputNumber min={1} max={1_000} precision={0} />
          </Form.Item>
        </div>
        <PrefixList
          name="denied"
          label={t('dialling.denied')}
          hint={t('dialling.deniedHint')}
          disabled={readOnly}
        />
      </section>
      <RoleRules disabled={readOnly} />
      <RefusalAlert error={change.error} />
      {mayWrite && (
        <div>
          <Button type="primary" htmlType="submit" loading={change.isPending} data-testid="rules-save">
            {t('dialling.save')}
          </Button>
        </div>
      )}
    </Form>
  );
}

/** Each role that dials has its row, also one that may dial nothing yet. */
function withEveryRole(rules: DiallingRules): DiallingRules {
  const missing = diallingRoles.filter((role) => !rules.roles.some((rule) => rule.role === role));
  const added = missing.map((role) => ({ role, destinations: [], allowed: [] }));
  return { ...rules, roles: [...rules.roles, ...added] };
}
