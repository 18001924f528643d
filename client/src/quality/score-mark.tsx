import type { ReviewRow } from '@contracts/quality';
import { useTranslation } from 'react-i18next';

/** How far the score is: its total once submitted, who is at it before. */
export function ScoreMark({ evaluation }: { evaluation: ReviewRow['evaluation'] }) {
  const { t } = useTranslation('quality');
  if (!evaluation) return <span className="soft">{t('filter.unscored')}</span>;
  if (evaluation.state === 'draft')
    return (
      <span>
        {t('filter.draft')} <span className="soft">{evaluation.inspectorName}</span>
      </span>
    );
  return (
    <span>
      <strong className="tabular">{evaluation.total}</strong>{' '}
      <span className="soft">{evaluation.inspectorName}</span>
    </span>
  );
}
