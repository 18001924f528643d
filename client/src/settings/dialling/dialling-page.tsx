import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session';
import { houseTime } from '../../calls/house-time';
import { useHouseTimeZone } from '../../calls/use-policy';
import { ErrorState } from '../../ui/error-state';
import { Loading } from '../../ui/loading';
import styles from '../settings.module.css';
import { NumberCheck } from './number-check';
import { RulesForm } from './rules-form';
import { useDialling } from './use-dialling';

/** Who may dial what, and a box to try a number on the rules. */
export default function DiallingPage() {
  const { t } = useTranslation('settings');
  const mayWrite = useMay()('dialling.write');
  const timeZone = useHouseTimeZone();
  const dialling = useDialling();
  if (dialling.isPending) return <Loading />;
  if (!dialling.data) return <ErrorState error={dialling.error} onRetry={() => dialling.refetch()} />;
  const { version, createdBy, createdAt } = dialling.data;
  return (
    <>
      <header className={styles.head}>
        <h1>{t('page.dialling')}</h1>
        <span className="soft" data-testid="rules-version">
          {t('dialling.by', { version, name: createdBy, time: houseTime(createdAt, timeZone) })}
        </span>
        {!mayWrite && <span className="soft">{t('dialling.readOnly')}</span>}
      </header>
      <NumberCheck />
      {/* Another version begins with a fresh form. */}
      <RulesForm key={version} version={dialling.data} mayWrite={mayWrite} />
    </>
  );
}
