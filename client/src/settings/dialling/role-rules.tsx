import { destinations } from '@contracts/dialling';
import { permissions, type Role } from '@contracts/identity';
import { Alert, Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from '../settings.module.css';
import { PrefixList } from './prefix-list';

/** Who has a phone to dial from. */
export const diallingRoles: readonly Role[] = permissions['call.dial'];

/** What each role may dial. Abroad and what costs more than a call are denied as shipped. */
export function RoleRules({ disabled }: { disabled: boolean }) {
  const { t } = useTranslation(['settings', 'app']);
  const kinds = destinations.filter((kind) => kind !== 'unknown');
  const options = kinds.map((kind) => ({ value: kind, label: t(`settings:dialling.kind.${kind}`) }));
  return (
    <section className={styles.group}>
      <h2>{t('settings:dialling.who')}</h2>
      <Alert type="warning" showIcon title={t('settings:dialling.international')} />
      <Form.List name="roles">
        {(fields) =>
          fields.map(({ name }) => <RoleRule key={name} place={name} options={options} disabled={disabled} />)
        }
      </Form.List>
    </section>
  );
}

interface RoleRuleProps {
  place: number;
  options: { value: string; label: string }[];
  disabled: boolean;
}

function RoleRule({ place, options, disabled }: RoleRuleProps) {
  const { t } = useTranslation(['settings', 'app']);
  const role: Role = Form.useWatch(['roles', place, 'role'], { preserve: true });
  return (
    <div className={styles.row} data-testid={`rule-${role}`}>
      {/* Kept in the form, not shown: it is the row's heading. */}
      <Form.Item name={[place, 'role']} hidden>
        <input />
      </Form.Item>
      <Form.Item
        name={[place, 'destinations']}
        label={`${role ? t(`app:role.${role}`) : ''} · ${t('settings:dialling.may')}`}
      >
        <Checkbox.Group options={options} />
      </Form.Item>
      <PrefixList name={[place, 'allowed']} label={t('settings:dialling.also')} disabled={disabled} />
    </div>
  );
}
