import { type Revealed, type RevealReason, revealedSchema } from '@contracts/call';
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { request } from '../app/api';
import { useRefusalNotice } from '../ui/use-refusal-notice';

interface Numbers {
  ofCall: (callId: string) => Revealed | undefined;
  reveal: (callId: string, reason?: RevealReason) => Promise<void>;
}

const Context = createContext<Numbers | null>(null);

/** Customers that were asked to be shown whole; they are masked again as soon as the page is left. */
export function RevealedNumbers({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const notice = useRefusalNotice();
  const [shown, setShown] = useState<{ on: string; calls: ReadonlyMap<string, Revealed> }>({
    on: pathname,
    calls: new Map(),
  });
  const calls = shown.on === pathname ? shown.calls : null;
  const reveal = useCallback(
    async (callId: string, reason?: RevealReason) => {
      try {
        const customer = await request('POST', `/api/calls/${callId}/reveal`, {
          body: reason ? { reason } : {},
          answer: revealedSchema,
        });
        setShown((before) => ({
          on: pathname,
          calls: new Map(before.on === pathname ? before.calls : []).set(callId, customer),
        }));
      } catch (error) {
        notice(error);
      }
    },
    [pathname, notice],
  );
  const numbers = useMemo(
    () => ({ ofCall: (callId: string) => calls?.get(callId), reveal }),
    [calls, reveal],
  );
  return <Context value={numbers}>{children}</Context>;
}

export function useRevealedNumbers(): Numbers {
  const numbers = use(Context);
  if (!numbers) throw new Error('useRevealedNumbers outside of the shell');
  return numbers;
}
