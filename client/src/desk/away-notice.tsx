import type { DeskCall } from '@contracts/call';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSecondsUntil } from '../ui/use-now';

/** Why an agent hears nobody yet, or what went before: the talk is being brought back, the number is being said, another agent was lost. */
export function AwayNotice({ call }: { call: DeskCall }) {
  const { t } = useTranslation('desk');
  if (call.away)
    return (
      <Alert
        type="warning"
        showIcon
        title={t('away.text')}
        description={<Patience until={call.away.until} />}
        data-testid="away"
      />
    );
  if (call.announcing) return <Alert type="info" showIcon title={t('announcing')} data-testid="announcing" />;
  if (!call.lostBefore || call.phase === 'wrap-up') return null;
  const { agentNumber } = call.lostBefore;
  return (
    <Alert type="info" showIcon title={t('lost-before', { agent: agentNumber })} data-testid="lost-before" />
  );
}

function Patience({ until }: { until: string }) {
  const { t } = useTranslation('desk');
  return <span className="tabular">{t('away.hint', { seconds: useSecondsUntil(until) })}</span>;
}
