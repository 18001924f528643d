import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Outlet, useMatch } from 'react-router';
import { useMay } from '../app/session';
import { EmptyState } from '../ui/empty-state';
import { Loading } from '../ui/loading';
import styles from './settings.module.css';
import { settingsPlaces } from './settings-places';

/** Around every page of the settings: the list of them at the left, the open one at the right. */
export default function SettingsPage() {
  const { t } = useTranslation('settings');
  const may = useMay();
  const atStart = useMatch('/settings') !== null;
  const places = settingsPlaces.filter(({ permission }) => may(permission));
  const [first] = places;
  if (!first) return <EmptyState title={t('none')} hint={t('noneHint')} />;
  if (atStart) return <Navigate to={first.path} replace />;
  return (
    <div className={styles.page}>
      <nav className={styles.side} aria-label={t('title')}>
        <h1>{t('title')}</h1>
        {places.map(({ path, key }) => (
          <NavLink key={path} to={path} className={styles.place} data-testid={`settings-${key}`}>
            {t(`page.${key}`)}
          </NavLink>
        ))}
      </nav>
      <div className={styles.body}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}
