import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { startI18n } from './app/i18n';
import { preferences } from './app/preferences';
import './ui/base.css';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startI18n(preferences.getState().locale);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
