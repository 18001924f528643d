import { QueryClientProvider } from '@tanstack/react-query';
import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { Suspense, useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-router/dom';
import { useStore } from 'zustand';
import { Loading } from '../ui/loading';
import { antdThemeOf, cssVariablesOf } from '../ui/tokens';
import { queryClient } from './api';
import { changeLocale } from './i18n';
import { preferences } from './preferences';
import { router } from './routes';

/** Theme, language, cache and routes around everything. */
export function App() {
  const { locale, theme } = useStore(preferences);
  const antdTheme = useMemo(() => antdThemeOf(theme), [theme]);

  useEffect(() => {
    dayjs.locale(locale === 'en' ? 'en' : 'zh-cn');
    changeLocale(locale).catch((error: unknown) => console.error('texts could not be loaded', error));
  }, [locale]);

  useEffect(() => {
    const { style, dataset } = document.documentElement;
    dataset.theme = theme;
    style.colorScheme = theme;
    for (const [name, value] of Object.entries(cssVariablesOf(theme))) style.setProperty(name, value);
  }, [theme]);

  return (
    <ConfigProvider theme={antdTheme} locale={locale === 'en' ? enUS : zhCN} componentSize="middle">
      <AntdApp message={{ top: 48, maxCount: 3 }} style={{ height: '100%' }}>
        <QueryClientProvider client={queryClient}>
          <Suspense fallback={<Loading />}>
            <RouterProvider router={router} />
          </Suspense>
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
