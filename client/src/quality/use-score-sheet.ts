import { evaluationSchema, type Review, reviewSchema } from '@contracts/quality';
import { useEffect, useState } from 'react';
import { fetchJson, request } from '../app/api';
import { useSession } from '../app/session';
import { browserKeeper } from './draft-keeper';
import { ScoreSheet, type SheetServer } from './score-sheet';

const serverOf = (handlingId: string): SheetServer => ({
  save: (draft) =>
    request('PUT', `/api/quality/handlings/${handlingId}/evaluation`, {
      body: draft,
      answer: evaluationSchema,
    }),
  submit: (evaluationId) =>
    request('POST', `/api/quality/evaluations/${evaluationId}/submit`, { answer: evaluationSchema }),
  load: async () => (await fetchJson(`/api/quality/handlings/${handlingId}`, reviewSchema)).evaluation,
});

/** The score of the handling under review; unsaved changes go out when the page is left. */
export function useScoreSheet(review: Review): ScoreSheet {
  const { person } = useSession();
  const [sheet] = useState(
    () =>
      new ScoreSheet(
        review.evaluation,
        serverOf(review.handling.id),
        browserKeeper(person.id, review.handling.id),
      ),
  );
  useEffect(() => {
    return () => sheet.leave();
  }, [sheet]);
  return sheet;
}
