import { type ReactNode, useEffect, useState } from 'react';
import { useMay } from '../app/session';
import { useConnection, useDesk } from '../realtime/connection-context';
import { Loading } from '../ui/loading';
import { after } from './after';
import { claimClientId } from './client-id';
import type { OpenLine } from './line';
import { closeMicrophone, openMicrophone } from './microphone';
import { phoneSettings } from './phone-settings';
import { RemoteAudio } from './remote-audio';
import { ReportSound } from './report-sound';
import { Ringer } from './ringer';
import { Softphone } from './softphone';
import { SoftphoneContext, usePhone } from './softphone-context';
import { useUnlockAudio } from './use-unlock-audio';

// sip.js comes with the phone only: who handles no calls never loads it.
const loadLine = () => import('./sip-line');
const openLine: OpenLine = async (account, events) => (await loadLine()).openSipLine(account, events);

/** Keeps the phone over all pages, so that looking at another one drops no call. Others pass through. */
export function SoftphoneHost({ children }: { children: ReactNode }) {
  return useMay()('call.handle') ? <AgentPhone>{children}</AgentPhone> : children;
}

function AgentPhone({ children }: { children: ReactNode }) {
  const connection = useConnection();
  const [phone, setPhone] = useState<Softphone | null>(null);
  useUnlockAudio();

  useEffect(() => {
    const made = new Softphone({
      connection,
      openLine,
      openMicrophone: () => openMicrophone(phoneSettings.getState().microphoneId),
      closeMicrophone,
      clientId: claimOnce,
      after,
    });
    made.start();
    setPhone(made);
    // Beside the account, since a customer may be waiting for this page. Opening the line asks again.
    loadLine().catch((error: unknown) => console.warn('sip.js has not come yet', error));
    const abandon = () => made.abandon();
    const wake = () => made.wake();
    const look = () => {
      made.devicesChanged().catch((error: unknown) => console.error('no look at the microphones', error));
    };
    // Absent on pages that are not secure.
    navigator.mediaDevices?.addEventListener('devicechange', look);
    window.addEventListener('pagehide', abandon);
    window.addEventListener('online', wake);
    return () => {
      navigator.mediaDevices?.removeEventListener('devicechange', look);
      window.removeEventListener('pagehide', abandon);
      window.removeEventListener('online', wake);
      made.stop();
    };
  }, [connection]);

  if (!phone) return <Loading />;
  return (
    <SoftphoneContext value={phone}>
      <FollowDesk phone={phone} />
      <PlayRemote />
      <ReportSound />
      <Ringer />
      {children}
    </SoftphoneContext>
  );
}

let claimed: Promise<string> | undefined;
function claimOnce(): Promise<string> {
  claimed ??= claimClientId();
  return claimed;
}

function FollowDesk({ phone }: { phone: Softphone }) {
  const call = useDesk((desk) => desk.call);
  const help = useDesk((desk) => desk.help);
  const loaded = useDesk((desk) => desk.loaded);
  const leg = usePhone((state) => state.leg?.stage);
  useEffect(() => {
    // Also when the leg changes: a mute told before the microphone was there must still reach it.
    if (loaded || leg) phone.follow(call, help);
  }, [phone, call, help, loaded, leg]);
  return null;
}

function PlayRemote() {
  return <RemoteAudio stream={usePhone((state) => state.remote)} />;
}
