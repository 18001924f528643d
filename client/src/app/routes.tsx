import { createBrowserRouter, type RouteObject } from 'react-router';
import { Loading } from '../ui/loading';
import { Home } from './home';
import { NotFoundPage } from './not-found-page';
import { PageError } from './page-error';
import { Shell } from './shell';

/** A page in its own bundle, fetched when it is first opened. */
const page = (
  path: string,
  load: () => Promise<{ default: React.ComponentType }>,
  children: RouteObject[] = [],
): RouteObject => ({
  path,
  children,
  lazy: async () => ({ Component: (await load()).default }),
  ErrorBoundary: PageError,
  HydrateFallback: Loading,
});

export const router = createBrowserRouter([
  page('/phone', () => import('../phone/phone-page')),
  {
    path: '/',
    element: <Shell />,
    ErrorBoundary: PageError,
    HydrateFallback: Loading,
    children: [
      { index: true, element: <Home /> },
      page('desk', () => import('../desk/desk-page')),
      page('floor', () => import('../floor/floor-page')),
      page('quality', () => import('../quality/quality-page')),
      page('quality/:handlingId', () => import('../quality/review-page')),
      page('results', () => import('../results/results-page')),
      page('results/:evaluationId', () => import('../results/results-page')),
      page('calls', () => import('../calls/calls-page')),
      page('calls/:callId', () => import('../calls/call-page')),
      page('settings', () => import('../settings/settings-page'), [
        page('flows', () => import('../settings/flows/flows-page')),
        page('prompts', () => import('../settings/prompts/prompts-page')),
        page('dialling', () => import('../settings/dialling/dialling-page')),
        page('phone-book', () => import('../settings/phone-book/phone-book-page')),
      ]),
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
