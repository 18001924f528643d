import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ScoreSheet } from './score-sheet';

/** Somebody else saved the same score meanwhile: nothing is lost until the inspector chooses. */
export function ConflictBar({ sheet }: { sheet: ScoreSheet }) {
  const { t } = useTranslation(['quality', 'calls']);
  const conflict = useStore(sheet.state, (state) => state.conflict);
  const by = useStore(sheet.state, (state) => state.evaluation?.inspectorName ?? '');
  if (!conflict) return null;
  const disputed = conflict.disputed.join(t('calls:listComma'));
  return (
    <Alert
      type="warning"
      showIcon
      data-testid="conflict"
      title={t('conflict.title', { by })}
      description={disputed ? t('conflict.disputed', { clauses: disputed }) : t('conflict.compatible')}
      action={
        <>
          <Button size="small" type="primary" onClick={() => sheet.keepMine()}>
            {t('conflict.mine')}
          </Button>{' '}
          <Button size="small" onClick={() => sheet.takeTheirs()}>
            {t('conflict.theirs')}
          </Button>
        </>
      }
    />
  );
}
