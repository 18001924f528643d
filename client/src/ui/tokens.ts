import { theme as antdTheme, type ThemeConfig } from 'antd';

export type ThemeName = 'light' | 'dark';

/** Everything the interface gives a colour to. The word and the icon come from `StateTag`. */
export type StateName =
  | 'ready'
  | 'ringing'
  | 'talking'
  | 'held'
  | 'wrap-up'
  | 'not-ready'
  | 'offline'
  | 'breach'
  | 'evidence';

/** State colours: text-strength on their theme's surface (4.5:1 and better). */
export const stateColours: Record<ThemeName, Record<StateName, string>> = {
  light: {
    ready: '#1a7f37',
    ringing: '#0969da',
    talking: '#4338ca',
    held: '#9a5b00',
    'wrap-up': '#7c3aed',
    'not-ready': '#57606a',
    offline: '#818b98',
    breach: '#cf222e',
    evidence: '#0e7490',
  },
  dark: {
    ready: '#4ac26b',
    ringing: '#6cb2ff',
    talking: '#a5a8ff',
    held: '#f0b429',
    'wrap-up': '#c297ff',
    'not-ready': '#a3adba',
    offline: '#7d8590',
    breach: '#ff7b7b',
    evidence: '#3cc9dd',
  },
};

/** Surfaces, lines and text; `accent` is the only colour that is not a state. */
export const surfaces: Record<ThemeName, Record<string, string>> = {
  light: {
    accent: '#24507d',
    page: '#f3f5f7',
    panel: '#ffffff',
    raised: '#f8f9fb',
    line: '#d9dee4',
    text: '#1b222a',
    soft: '#5a6572',
    faint: '#8a94a0',
  },
  dark: {
    accent: '#8db8e6',
    page: '#11151a',
    panel: '#191f26',
    raised: '#202830',
    line: '#313b46',
    text: '#e4e9ef',
    soft: '#a5b0bc',
    faint: '#77828e',
  },
};

export const fontStack =
  "'Inter', 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Source Han Sans SC', system-ui, sans-serif";

/** antd's theme: compact, square-ish, quiet. */
export function antdThemeOf(name: ThemeName): ThemeConfig {
  const surface = surfaces[name];
  const state = stateColours[name];
  return {
    algorithm: [
      name === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
      antdTheme.compactAlgorithm,
      // Compact alone would make the text of the whole day 12 px: Chinese needs a little more.
      (seed, compact) => ({ ...(compact ?? antdTheme.compactAlgorithm(seed)), fontSize: 13, fontSizeSM: 12 }),
    ],
    cssVar: { key: `sanling-${name}` },
    token: {
      fontFamily: fontStack,
      borderRadius: 4,
      colorPrimary: name === 'dark' ? '#5d94cf' : surface.accent,
      colorInfo: state.ringing,
      colorSuccess: state.ready,
      colorWarning: state.held,
      colorError: state.breach,
      colorBgLayout: surface.page,
      colorBgContainer: surface.panel,
      colorBorder: surface.line,
      colorBorderSecondary: surface.line,
      colorText: surface.text,
      colorTextSecondary: surface.soft,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
    },
    components: { Tabs: { horizontalMargin: '0' }, Form: { itemMarginBottom: 8 } },
  };
}

/** The same tokens as CSS variables: `--state-held`, `--panel` … */
export function cssVariablesOf(name: ThemeName): Record<string, string> {
  const states = Object.entries(stateColours[name]).map(([key, value]) => [`--state-${key}`, value]);
  const rest = Object.entries(surfaces[name]).map(([key, value]) => [`--${key}`, value]);
  return Object.fromEntries([...states, ...rest, ['--font', fontStack]]);
}
