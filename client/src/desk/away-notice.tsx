import type { DeskCall } from '@contracts/call';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNow } from '../ui/use-now';

/** What an agent must know of a call that was broken off: it is being brought back, or it was another agent's before. */
export function AwayNotice({ call }: { call: DeskCall }) {
  const { t } = useTranslation('desk');
  const now = useNow();
  if (call.away) {
    const seconds = Math.max(0, Math.ceil((Date.parse(call.away.until) - now) / 1000));
    return (
      <Alert
        type="warning"
        showIcon
        title={t('away.text')}
        description={<span className="tabular">{t('away.hint', { seconds })}</span>}
        data-testid="away"
      />
    );
  }
  if (!call.lostBefore || call.phase === 'wrap-up') return null;
  const { agentNumber } = call.lostBefore;
  return (
    <Alert type="info" showIcon title={t('lost-before', { agent: agentNumber })} data-testid="lost-before" />
  );
}
