/** What the server does after a fact was committed: requests to the engine, the router and presence. */
export type Directive =
  | { do: 'open-line' | 'start-recording' | 'wait' | 'end-leg'; legId: string }
  | { do: 'turn-away'; legId: string; why: 'unknown-number' | 'forbidden' | 'no-audio' | 'busy' }
  | { do: 'enter-queue'; queueId: string; since: number; front: boolean }
  | { do: 'leave-queue' }
  | { do: 'ring'; handlingId: string; agentId: string; legId: string }
  | { do: 'connect'; roomId: string; legIds: string[] }
  | { do: 'close-room'; roomId: string }
  | { do: 'play-prompt'; promptId: string; sound: string | readonly string[] }
  | { do: 'stop-prompt'; promptId: string }
  | { do: 'send-digits'; legId: string; digits: string }
  | {
      do: 'ring-number';
      legId: string;
      number: string;
      name: string;
      onBehalfOf: string;
      patience: 'transfer' | 'outbound';
    }
  | { do: 'ring-lead'; leadId: string; legId: string }
  | { do: 'listen' | 'whisper'; legId: string; targetLegId: string }
  | {
      do: 'presence';
      change:
        | 'answered'
        | 'missed'
        | 'device-lost'
        | 'released'
        | 'wrap-up'
        | 'wrap-up-done'
        | 'freed'
        | 'took-over'
        | 'helped';
      agentId: string;
      handlingId: string;
    };
