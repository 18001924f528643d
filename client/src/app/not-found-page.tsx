import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/empty-state';

/** An address that leads nowhere. */
export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <EmptyState
      title={t('not-found.title')}
      hint={t('not-found.hint')}
      action={<Link to="/">{t('not-found.back')}</Link>}
    />
  );
}
