import type { Bilingual } from '@contracts/text';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Picks the person's language out of a text the server sends in both. */
export function useBilingual(): (text: Bilingual) => string {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return useCallback((text) => text[language], [language]);
}
