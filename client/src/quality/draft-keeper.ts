import { evaluationDraftSchema } from '@contracts/quality';
import { z } from 'zod';
import { type Draft, sendable } from './score-draft';

const keptSchema = z.object({ base: evaluationDraftSchema, draft: evaluationDraftSchema });
/** An unsaved draft with the version it was based on. */
export interface KeptDraft {
  base: Draft;
  draft: Draft;
}

/** Keeps an unsaved draft over a reload or a crash of the browser. */
export interface DraftKeeper {
  keep(kept: KeptDraft): void;
  kept(): KeptDraft | null;
  forget(): void;
}

/** Keeps drafts in the browser's storage, one entry a person and handling. */
export function browserKeeper(personId: string, handlingId: string): DraftKeeper {
  const key = `sanling.score.${personId}.${handlingId}`;
  return {
    keep: ({ base, draft }) => {
      try {
        localStorage.setItem(key, JSON.stringify({ base: sendable(base), draft: sendable(draft) }));
      } catch (error) {
        // A full or forbidden storage: the server's copy follows at the next pause.
        console.warn('the draft could not be kept in this browser', error);
      }
    },
    kept: () => {
      const text = localStorage.getItem(key);
      if (text === null) return null;
      try {
        const parsed = keptSchema.safeParse(JSON.parse(text));
        return parsed.success ? parsed.data : null;
      } catch (error) {
        // Cut off by a crash while it was written: nothing in it can be trusted.
        console.warn('a kept draft could not be read', error);
        return null;
      }
    },
    forget: () => localStorage.removeItem(key),
  };
}
