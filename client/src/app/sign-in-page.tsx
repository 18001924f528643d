import type { Login } from '@contracts/identity';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { unlockAudio } from '../softphone/audio-context';
import { useRefusalText } from '../ui/use-refusal-text';
import { Mark } from './mark';
import { LocaleSwitch, ThemeSwitch } from './preference-switches';
import { signIn } from './session';
import styles from './sign-in-page.module.css';

/** Sign-in. The click also lets the page make sounds, so that the first ring is heard. */
export function SignInPage() {
  const { t } = useTranslation('app');
  const textOf = useRefusalText();
  const attempt = useMutation({ mutationFn: signIn });
  const refused = attempt.error ? textOf(attempt.error) : null;

  const submit = (login: Login) => {
    unlockAudio();
    attempt.mutate(login);
  };

  return (
    <main className={styles.page}>
      <div className={styles.switches}>
        <LocaleSwitch />
        <ThemeSwitch />
      </div>
      <section className={styles.card}>
        <div className={styles.title}>
          <Mark size={34} />
          <div>
            <h1>{t('product')}</h1>
            <p className="soft">{t('sign-in.lead')}</p>
          </div>
        </div>
        <Form<Login> layout="vertical" onFinish={submit} requiredMark={false} size="large">
          <Form.Item
            name="login"
            label={t('sign-in.login')}
            rules={[{ required: true, message: t('sign-in.login-missing') }]}
          >
            <Input autoFocus autoComplete="username" data-testid="login" maxLength={64} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('sign-in.password')}
            rules={[{ required: true, message: t('sign-in.password-missing') }]}
          >
            <Input.Password autoComplete="current-password" data-testid="password" maxLength={256} />
          </Form.Item>
          {refused && (
            <Alert
              type="error"
              showIcon
              title={refused.what}
              description={`${refused.todo} (${refused.code})`}
              data-testid="sign-in-refused"
              className={styles.refused}
            />
          )}
          <Button
            className={styles.submit ?? ''}
            type="primary"
            htmlType="submit"
            block
            loading={attempt.isPending}
            data-testid="sign-in"
          >
            {t('sign-in.submit')}
          </Button>
        </Form>
        <p className="soft">
          {t('sign-in.customer')} <Link to="/phone">{t('sign-in.phone')}</Link>
        </p>
      </section>
    </main>
  );
}
