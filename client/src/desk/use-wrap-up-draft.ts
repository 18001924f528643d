import type { DeskCall } from '@contracts/call';
import { useEffect, useMemo } from 'react';
import { useConnection } from '../realtime/connection-context';
import { DraftKeeper, sweepDrafts } from './draft-keeper';

const after = (ms: number, action: () => void) => {
  const timer = window.setTimeout(action, ms);
  return () => window.clearTimeout(timer);
};

/** The draft of this handling, kept through reloads, crashes and lost connections. */
export function useWrapUpDraft(call: DeskCall): DraftKeeper {
  const connection = useConnection();
  const { callId, handlingId } = call;
  // The server's copy counts once, when the handling comes to the desk; from then on the form leads.
  // biome-ignore lint/correctness/useExhaustiveDependencies: one keeper a handling
  const keeper = useMemo(
    () =>
      new DraftKeeper(handlingId, startOf(call), {
        save: async (draft) => (await connection.command('save-wrap-up-draft', { callId, draft })).ok,
        storage: localStorage,
        after,
      }),
    [handlingId, connection],
  );
  useEffect(() => {
    sweepDrafts(localStorage, Date.now());
    const removal = connection.onConnected(() => {
      keeper.flush().catch((error: unknown) => console.error('the draft could not be sent', error));
    });
    return () => {
      removal();
      keeper.stop();
    };
  }, [keeper, connection]);
  return keeper;
}

/**
 * The caller's own number is the likely one: filled in as it came, masked, and confirmed by reading it back (clause 26.9).
 * The server knows which number is meant.
 */
function startOf({ draft, fromNumber }: DeskCall) {
  const dialable = /^\+?[\d*]{3,}$/.test(fromNumber);
  return draft.customerNumber === undefined && dialable ? { ...draft, customerNumber: fromNumber } : draft;
}
