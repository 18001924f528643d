import { pageOf } from '@contracts/call';
import { reviewRowSchema } from '@contracts/quality';
import { App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { fetchJson } from '../app/api';
import { useRefusalLine } from '../ui/use-refusal-text';

/** Goes on to the next handling nobody has begun to score, without the way over the list. */
export function useNextHandling(handlingId: string): () => Promise<void> {
  const { t } = useTranslation('quality');
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refusalLine = useRefusalLine();
  return useCallback(async () => {
    try {
      const query = { state: 'unscored', limit: 2 };
      const page = await fetchJson('/api/quality/handlings', pageOf(reviewRowSchema), query);
      const next = page.items.find((row) => row.handling.id !== handlingId);
      if (next) navigate(`/quality/${next.handling.id}`);
      else message.info(t('noNext'));
    } catch (error) {
      message.error(refusalLine(error));
    }
  }, [handlingId, message, navigate, refusalLine, t]);
}
