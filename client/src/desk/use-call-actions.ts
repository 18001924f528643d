import type { CallCommand, DeskCall } from '@contracts/call';
import type { TargetWish, TransferMode } from '@contracts/transfer';
import { useCallback, useMemo, useState } from 'react';
import { useCommand, useConnection, useConnectionStatus } from '../realtime/connection-context';
import { usePhone, useSoftphone } from '../softphone/softphone-context';
import { useRefusalNotice } from '../ui/use-refusal-notice';

export interface CallActions {
  /** The server allows it now and the line to it stands. */
  may: (command: CallCommand) => boolean;
  /** The phone has the ringing leg, so that answering will work. */
  phoneRings: boolean;
  busy: boolean;
  answer: () => void;
  reject: () => void;
  toggleMute: () => void;
  resume: () => void;
  hangUp: (reason?: string) => void;
  withdraw: () => void;
  digit: (digit: string) => void;
  /** Resolves with the refusal's code, or null when the customer waits. */
  hold: (wish: { reason: string; consent: boolean; limitMs: number }) => Promise<string | null>;
  /** Puts the customer through to somebody, or brings them into the talk; as `hold` when it was asked. */
  transfer: (mode: TransferMode, wish: TransferForm) => Promise<string | null>;
  complete: () => void;
  swap: () => void;
  merge: () => void;
  /** Back to the customer; the target is let go. */
  back: () => void;
  drop: (memberId: string) => void;
  leave: () => void;
  /** Calls for a lead, or takes that back. */
  callLead: () => void;
}

/** What the agent fills in before a transfer (clause 26.6). */
export interface TransferForm {
  target: TargetWish;
  reason: string;
  consent: boolean;
  matter: string;
}

const commandOf = { consult: 'transfer-call', join: 'invite-to-call' } as const;

/** What the agent may do with the call, each as a command: nothing changes on the screen until the server says so. */
export function useCallActions(call: DeskCall): CallActions {
  const connection = useConnection();
  const command = useCommand();
  const phone = useSoftphone();
  const tell = useRefusalNotice();
  const connected = useConnectionStatus() === 'connected';
  const phoneRings = usePhone(({ leg }) => leg?.id === call.agentLegId && leg.stage === 'ringing');
  const [busy, setBusy] = useState(false);
  const { callId, allowed, muted } = call;

  const during = useCallback(async <T>(work: Promise<T>): Promise<T> => {
    setBusy(true);
    try {
      return await work;
    } finally {
      setBusy(false);
    }
  }, []);

  return useMemo(() => {
    const run = (work: Promise<unknown>) => {
      during(work).catch(tell);
    };
    return {
      may: (name) => connected && allowed.includes(name),
      phoneRings,
      busy,
      answer: () =>
        run(
          phone.answer(call).then((refusal) => {
            if (refusal) tell(refusal);
          }),
        ),
      reject: () => run(command('reject-call', { callId })),
      toggleMute: () => run(command(muted ? 'unmute-call' : 'mute-call', { callId })),
      resume: () => run(command('resume-call', { callId })),
      hangUp: (reason) => run(command('hang-up-call', { callId, ...(reason ? { reason } : {}) })),
      withdraw: () => run(command('withdraw-hang-up', { callId })),
      digit: (digits) => run(command('send-digits', { callId, digits })),
      hold: async (wish) => {
        const answer = await during(connection.command('hold-call', { callId, ...wish }));
        if (answer.ok) return null;
        // A customer who says no is no fault: the strip itself goes on from there.
        if (answer.refusal.code !== 'hold.no-consent') tell(answer.refusal);
        return answer.refusal.code;
      },
      transfer: async (mode, wish) => {
        const answer = await during(connection.command(commandOf[mode], { callId, ...wish }));
        if (answer.ok) return null;
        if (answer.refusal.code !== 'transfer.no-consent') tell(answer.refusal);
        return answer.refusal.code;
      },
      complete: () => run(command('complete-transfer', { callId })),
      swap: () => run(command('swap-transfer', { callId })),
      merge: () => run(command('merge-transfer', { callId })),
      back: () => run(command('withdraw-transfer', { callId })),
      drop: (memberId) => run(command('drop-member', { callId, memberId })),
      leave: () => run(command('leave-conference', { callId })),
      callLead: () =>
        run(
          command(allowed.includes('call-for-help') ? 'call-for-help' : 'withdraw-call-for-help', { callId }),
        ),
    };
  }, [allowed, busy, call, callId, command, connected, connection, during, muted, phone, phoneRings, tell]);
}
