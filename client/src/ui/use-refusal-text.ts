import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { refusalOf } from '../app/refused-error';

export interface RefusalText {
  /** What happened. */
  what: string;
  /** What to do about it. */
  todo: string;
  code: string;
  reference: string | undefined;
}

/** Turns a refusal (or any thrown thing) into words of the person's language. */
export function useRefusalText(): (error: unknown) => RefusalText {
  const { t, i18n } = useTranslation('refusals');
  return useCallback(
    (error) => {
      const { code, reference } = refusalOf(error);
      const known = i18n.exists(`refusals:${code}.what`) ? code : 'client.unknown';
      return { what: t(`${known}.what`), todo: t(`${known}.todo`), code, reference };
    },
    [t, i18n],
  );
}

/** The same as one line for a passing message: `What happened. What to do. (code)` */
export function useRefusalLine(): (error: unknown) => string {
  const textOf = useRefusalText();
  return useCallback(
    (error) => {
      const { what, todo, code, reference } = textOf(error);
      return `${what} ${todo} (${code}${reference ? ` · ${reference}` : ''})`;
    },
    [textOf],
  );
}
