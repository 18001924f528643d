import type { QualityForm } from '@contracts/quality';
import { App, Button, Popconfirm, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useBilingual } from '../ui/use-bilingual';
import { useRefusalLine } from '../ui/use-refusal-text';
import styles from './review.module.css';
import { openItems } from './score-draft';
import { type ScoreSheet, serverOpen } from './score-sheet';

interface SheetBarProps {
  sheet: ScoreSheet;
  form: QualityForm;
  readOnly: boolean;
  onOpenItem: (clause: string) => void;
  onAcceptAll: () => void;
}

/** Above the form: the total, what is open, whether it is saved, and the way to submit. */
export function SheetBar({ sheet, form, readOnly, onOpenItem, onAcceptAll }: SheetBarProps) {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const refusalLine = useRefusalLine();
  const state = useStore(sheet.state);
  const { draft, evaluation } = state;
  const [submitting, setSubmitting] = useState(false);
  const open = openItems(form.items, draft, serverOpen(state));
  const done = form.items.length - open.length;

  const submit = async () => {
    setSubmitting(true);
    try {
      if (await sheet.submit()) message.success(t('submitted'));
    } catch (error) {
      message.error(refusalLine(error));
    } finally {
      setSubmitting(false);
    }
  };
  return (
    <div className={styles.sheetBar}>
      <span className={styles.total} data-testid="total" data-total={evaluation?.total ?? ''}>
        {evaluation?.total ?? '–'}
        <small>{t('outOf')}</small>
      </span>
      <span className={styles.progress}>
        <span className="tabular">{t('progress', { done, all: form.items.length })}</span>
        {evaluation && evaluation.fatalFailed.length > 0 && (
          <strong className={styles.breach}>
            {t('fatalFailed', { clauses: evaluation.fatalFailed.join(t('calls:listComma')) })}
          </strong>
        )}
        {!readOnly && <SavingState sheet={sheet} />}
      </span>
      {!readOnly && (
        <span className={styles.sheetActions}>
          <Tooltip title={t('acceptAllHint')}>
            <Button onClick={onAcceptAll} data-testid="accept-all">
              {t('acceptAll')}
            </Button>
          </Tooltip>
          {open.length > 0 ? (
            <OpenItems open={open} onOpenItem={onOpenItem} />
          ) : (
            <Popconfirm title={t('submitAsk')} description={t('submitFinal')} onConfirm={submit}>
              <Button type="primary" loading={submitting} data-testid="submit-score">
                {t('submit')}
              </Button>
            </Popconfirm>
          )}
        </span>
      )}
      {evaluation?.state === 'submitted' && (
        <span className="soft" data-testid="submitted-by">
          {t(evaluation.seenAt ? 'submittedSeen' : 'submittedBy', { name: evaluation.inspectorName })}
        </span>
      )}
    </div>
  );
}

function OpenItems({
  open,
  onOpenItem,
}: Pick<SheetBarProps, 'onOpenItem'> & { open: ReturnType<typeof openItems> }) {
  const { t } = useTranslation('quality');
  const say = useBilingual();
  return (
    <Popconfirm
      icon={null}
      title={t('openTitle', { count: open.length })}
      description={
        <ul className={styles.openList}>
          {open.slice(0, 12).map(({ item, gap }) => (
            <li key={item.clause}>
              <button type="button" onClick={() => onOpenItem(item.clause)}>
                {item.clause} {say(item.title)} · {t(`gap.${gap}`)}
              </button>
            </li>
          ))}
          {open.length > 12 && <li>{t('openMore', { count: open.length - 12 })}</li>}
        </ul>
      }
      okText={t('openFirst')}
      onConfirm={() => onOpenItem(open[0]?.item.clause ?? '')}
      showCancel={false}
    >
      <Button data-testid="submit-score">{t('submitOpen', { count: open.length })}</Button>
    </Popconfirm>
  );
}

function SavingState({ sheet }: { sheet: ScoreSheet }) {
  const { t } = useTranslation('quality');
  const refusalLine = useRefusalLine();
  const { saving, error, evaluation } = useStore(sheet.state);
  if (saving === 'failed')
    return (
      <span className={styles.breach} role="alert">
        {t('saveFailed')} {refusalLine(error)}{' '}
        <Button size="small" onClick={() => void sheet.flush()}>
          {t('saveAgain')}
        </Button>
      </span>
    );
  const word = saving === 'saved' && evaluation === null ? 'untouched' : saving;
  return (
    <span className="soft" data-testid="saving" data-saving={saving}>
      {t(`saving.${word}`)}
    </span>
  );
}
