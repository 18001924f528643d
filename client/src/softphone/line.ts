import type { SoftphoneAccount } from '@contracts/softphone';

/** ringing: comes in, or is being called; connecting: answered here, media on its way. */
export type LegStage = 'ringing' | 'connecting' | 'talking' | 'ended';

/** Why a leg ended, as far as the phone can tell. `lost`: its signalling leads nowhere any more, the call may go on. */
export type LegEnd = 'far-end' | 'here' | 'failed' | 'lost';

/** One call on a phone line. */
export interface Leg {
  /** The server's leg id for a leg that came in; one of our own for a leg we dialled. */
  readonly id: string;
  readonly stage: LegStage;
  readonly end: LegEnd | null;
  /** What the other side sends; null until media is there. */
  readonly remote: MediaStream | null;
  readonly microphone: MediaStream | null;
  /** Answers with this microphone stream, which must be a fresh one: a used one sends nothing. */
  accept(microphone: MediaStream): Promise<void>;
  /** Cancels, declines or hangs up, whatever fits. */
  finish(): void;
  /** A muted microphone sends silence. */
  setMuted(muted: boolean): void;
  /** Another microphone in the middle of the call. */
  replaceMicrophone(microphone: MediaStream): Promise<void>;
  sendDigit(digit: string): void;
  /** What the connection has counted (WebRTC getStats); null before there is one and after it. */
  stats(): Promise<Iterable<Readonly<Record<string, unknown>>> | null>;
  onChange(listener: () => void): () => void;
}

export interface LineEvents {
  registered(): void;
  /** Registration or socket gone; the line keeps trying by itself unless `final`: the account is not known any more. */
  unregistered(final: boolean): void;
  /** A call comes in. */
  incoming(leg: Leg): void;
}

/** One SIP account in use: the port behind which sip.js stands. */
export interface Line {
  dial(number: string, microphone: MediaStream): Leg;
  /** The server or the network is back for sure: a try that is waited for is made now. */
  wake(): void;
  /** The page goes: what is up ends at the engine as lost, not as hung up. */
  abandon(): void;
  /** Unregisters and closes; legs end. */
  stop(): void;
}

export type OpenLine = (account: SoftphoneAccount, events: LineEvents) => Promise<Line>;
