import { LogoutOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { useRefusalNotice } from '../ui/use-refusal-notice';
import { Mark } from './mark';
import { placesFor } from './navigation';
import { LocaleSwitch, ThemeSwitch } from './preference-switches';
import { signOut, useSession } from './session';
import styles from './shell.module.css';

/** Product, the places this role may go to, language, theme and who is signed in. */
export function TopBar() {
  const { t } = useTranslation('app');
  const { person, permissions } = useSession();
  const tell = useRefusalNotice();
  const leaving = useMutation({ mutationFn: signOut, onError: tell });
  return (
    <header className={styles.bar}>
      <span className={styles.brand}>
        <Mark size={22} />
        {t('product')}
      </span>
      <nav className={styles.nav} aria-label={t('nav.label')}>
        {placesFor(permissions).map((place) => (
          <NavLink
            key={place.key}
            to={place.path}
            className={styles.place ?? ''}
            data-testid={`nav-${place.key}`}
          >
            {t(`nav.${place.key}`)}
          </NavLink>
        ))}
      </nav>
      <LocaleSwitch />
      <ThemeSwitch />
      <span className={styles.person} data-testid="person">
        {person.name} <span className="soft">{person.agentNumber ?? t(`role.${person.role}`)}</span>
      </span>
      <Button
        type="text"
        icon={<LogoutOutlined aria-hidden />}
        aria-label={t('sign-out')}
        title={t('sign-out')}
        loading={leaving.isPending}
        data-testid="sign-out"
        onClick={() => leaving.mutate()}
      />
    </header>
  );
}
