import type { Fact } from '@contracts/timeline';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { factSentence } from './fact-sentence';
import type { Naming } from './sentence';

/** A fact in the reader's language. */
export function useFactText(naming: Naming): (fact: Fact) => string {
  const { t } = useTranslation('calls');
  return useCallback(
    (fact) => {
      const { key, params, words } = factSentence(fact, naming);
      const said = Object.fromEntries(Object.entries(words).map(([name, word]) => [name, t(word, params)]));
      return t(key, { ...params, ...said });
    },
    [t, naming],
  );
}
