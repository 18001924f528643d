import { useTranslation } from 'react-i18next';
import { useDesk } from '../realtime/connection-context';
import { EmptyState } from '../ui/empty-state';

/** No call: says what is being waited for, and what to do for calls to come. */
export function IdlePanel() {
  const { t } = useTranslation('desk');
  const presence = useDesk((desk) => desk.presence);
  const state = presence?.state === 'ready' ? 'ready' : 'not-ready';
  const missed = presence?.reason === 'missed-call';
  return (
    <div data-testid="idle">
      <EmptyState
        title={t(`idle.${state}.title`)}
        hint={missed ? t('idle.missed') : t(`idle.${state}.hint`)}
      />
    </div>
  );
}
