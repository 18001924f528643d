import i18next, { type BackendModule } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from './preferences';

const files = import.meta.glob<{ default: Record<string, unknown> }>('../locales/*/*.json');

/** One file a feature and language, fetched when the feature first asks for its texts. */
const localeFiles: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no texts ${language}/${namespace}`), false);
    load().then(
      (file) => done(null, file.default),
      (error: Error) => done(error, true),
    );
  },
};

/** Starts the texts; resolves when those of the shell are there. */
export async function startI18n(locale: Locale): Promise<void> {
  await i18next
    .use(localeFiles)
    .use(initReactI18next)
    .init({
      lng: locale,
      load: 'currentOnly',
      fallbackLng: false,
      supportedLngs: ['zh-CN', 'en'],
      ns: ['app', 'ui', 'refusals'],
      defaultNS: 'app',
      interpolation: { escapeValue: false },
    });
  document.documentElement.lang = locale;
}

/** Changes the language of everything on the page. */
export async function changeLocale(locale: Locale): Promise<void> {
  await i18next.changeLanguage(locale);
  document.documentElement.lang = locale;
}
