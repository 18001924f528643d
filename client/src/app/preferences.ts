import { createStore } from 'zustand/vanilla';
import type { ThemeName } from '../ui/tokens';

export type Locale = 'zh-CN' | 'en';
export const locales: readonly Locale[] = ['zh-CN', 'en'];

interface Preferences {
  locale: Locale;
  theme: ThemeName;
}

const key = 'sanling.preferences';

function stored(): Partial<Preferences> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    // Storage may be forbidden or hold something foreign: the defaults serve.
    console.warn('preferences could not be read', error);
    return {};
  }
}

function initial(): Preferences {
  const { locale, theme } = stored();
  return { locale: locale === 'en' ? 'en' : 'zh-CN', theme: theme === 'dark' ? 'dark' : 'light' };
}

/** Language and theme of this browser; kept over sign-outs. */
export const preferences = createStore<Preferences>()(initial);

preferences.subscribe((state) => {
  try {
    localStorage.setItem(key, JSON.stringify(state));
  } catch (error) {
    console.warn('preferences could not be kept', error);
  }
});
