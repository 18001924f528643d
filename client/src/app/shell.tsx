import { App } from 'antd';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { RevealedNumbers } from '../calls/revealed-numbers';
import { HelpBar } from '../floor/help-bar';
import { useConnectionRefusal, useConnectionStatus } from '../realtime/connection-context';
import { PhoneBanner } from '../softphone/phone-banner';
import { SoftphoneHost } from '../softphone/softphone-host';
import { ErrorState } from '../ui/error-state';
import { Loading } from '../ui/loading';
import { useRefusalText } from '../ui/use-refusal-text';
import { ConnectionBanner } from './connection-banner';
import { LastCallBanner } from './last-call-banner';
import { RealtimeProvider } from './realtime-provider';
import { forgetSession, SessionContext, useSessionQuery } from './session';
import styles from './shell.module.css';
import { SignInPage } from './sign-in-page';
import { TopBar } from './top-bar';

/** Around every page of a signed-in person; the sign-in page for everybody else. */
export function Shell() {
  const session = useSessionQuery();
  if (session.data === null) return <SignInPage />;
  // A failed look while the server restarts changes nothing for somebody who is signed in.
  if (!session.data)
    return session.isError ? (
      <ErrorState error={session.error} onRetry={() => session.refetch()} />
    ) : (
      <Loading />
    );
  return (
    <SessionContext value={session.data}>
      <RealtimeProvider key={session.data.person.id}>
        <SoftphoneHost>
          <SignedIn />
        </SoftphoneHost>
      </RealtimeProvider>
    </SessionContext>
  );
}

function SignedIn() {
  useSessionEnd();
  return (
    <div className={styles.shell}>
      <TopBar />
      <ConnectionBanner />
      <PhoneBanner />
      <RevealedNumbers>
        <HelpBar />
        <LastCallBanner />
        <main className={styles.page}>
          <Suspense fallback={<Loading />}>
            <Outlet />
          </Suspense>
        </main>
      </RevealedNumbers>
    </div>
  );
}

function useSessionEnd(): void {
  const { t } = useTranslation('app');
  const { message } = App.useApp();
  const status = useConnectionStatus();
  const refusal = useConnectionRefusal();
  const textOf = useRefusalText();
  useEffect(() => {
    if (status !== 'ended') return;
    const withdrawn = refusal?.code === 'session.withdrawn' ? textOf(refusal) : null;
    message.info(
      withdrawn ? `${withdrawn.what} ${withdrawn.todo}` : t('session-ended'),
      withdrawn ? 15 : undefined,
    );
    forgetSession();
  }, [status, message, t, refusal, textOf]);
}
