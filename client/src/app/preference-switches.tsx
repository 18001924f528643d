import { GlobalOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { preferences } from './preferences';

/** 中文 ⇄ English, in the words of the language it leads to. */
export function LocaleSwitch() {
  const locale = useStore(preferences, (state) => state.locale);
  const other = locale === 'en' ? 'zh-CN' : 'en';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={other}
      data-testid="locale"
      onClick={() => preferences.setState({ locale: other })}
    >
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation('app');
  const theme = useStore(preferences, (state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <Button
      type="text"
      icon={theme === 'dark' ? <SunOutlined aria-hidden /> : <MoonOutlined aria-hidden />}
      aria-label={t(`theme.${other}`)}
      title={t(`theme.${other}`)}
      data-testid="theme"
      onClick={() => preferences.setState({ theme: other })}
    />
  );
}
