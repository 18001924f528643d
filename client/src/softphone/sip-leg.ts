import { type Invitation, type Inviter, type Session, SessionState, Web } from 'sip.js';
import { after } from './after';
import { LegRenewal } from './leg-renewal';
import type { Leg, LegEnd, LegStage } from './line';

const stages: Record<SessionState, LegStage> = {
  [SessionState.Initial]: 'ringing',
  [SessionState.Establishing]: 'ringing',
  [SessionState.Established]: 'talking',
  [SessionState.Terminating]: 'ended',
  [SessionState.Terminated]: 'ended',
};

/** Q.850 "destination out of order": whose page is left has not hung up. */
const leavesUnwillingly = 'Reason: Q.850;cause=27;text="page left"';

/** A leg over a sip.js session, either way round. */
export class SipLeg implements Leg {
  stage: LegStage = 'ringing';
  end: LegEnd | null = null;
  microphone: MediaStream | null = null;
  private finishedHere = false;
  private lost = false;
  private muted = false;
  private readonly listeners = new Set<() => void>();
  private readonly renewal: LegRenewal;

  constructor(
    readonly id: string,
    readonly session: Session,
  ) {
    this.renewal = new LegRenewal(session, after, () => this.isLost());
    session.stateChange.addListener((state) => this.moved(state));
  }

  get remote(): MediaStream | null {
    const handler = this.handler;
    return handler && this.stage === 'talking' ? handler.remoteMediaStream : null;
  }

  async accept(microphone: MediaStream): Promise<void> {
    this.microphone = microphone;
    this.become('connecting');
    this.applyMute();
    await (this.session as Invitation).accept();
  }

  finish(): void {
    this.finishedHere = true;
    this.goodbye().catch((error: unknown) => console.warn('the leg was already gone', error));
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    this.applyMute();
  }

  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    const [track] = microphone.getAudioTracks();
    const senders = this.handler?.peerConnection?.getSenders() ?? [];
    const sender = senders.find((each) => each.track?.kind === 'audio') ?? senders[0];
    if (!track || !sender) return;
    await sender.replaceTrack(track);
    this.stopMicrophone();
    this.microphone = microphone;
    this.applyMute();
    this.changed();
  }

  sendDigit(digit: string): void {
    this.handler?.sendDtmf(digit);
  }

  async stats(): Promise<Iterable<Readonly<Record<string, unknown>>> | null> {
    const connection = this.stage === 'talking' ? this.handler?.peerConnection : undefined;
    return connection ? [...(await connection.getStats()).values()] : null;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** The line came back with the leg still up: perhaps over a new network (facts: audio may be dead else). */
  renew(): void {
    this.renewal.renew();
  }

  /** The page goes: the engine is told that nobody hung up. */
  abandon(): void {
    if (this.session.state !== SessionState.Established) return;
    this.session
      .bye({ requestOptions: { extraHeaders: [leavesUnwillingly] } })
      .catch((error: unknown) => console.warn('the leg was already gone', error));
  }

  private get handler(): Web.SessionDescriptionHandler | undefined {
    const handler = this.session.sessionDescriptionHandler;
    return handler instanceof Web.SessionDescriptionHandler ? handler : undefined;
  }

  private async goodbye(): Promise<void> {
    const { state } = this.session;
    if (state === SessionState.Established) await this.session.bye();
    else if (state === SessionState.Initial || state === SessionState.Establishing) await this.giveUp();
  }

  private async giveUp(): Promise<void> {
    if ('reject' in this.session) await (this.session as Invitation).reject();
    else await (this.session as Inviter).cancel();
  }

  private moved(state: SessionState): void {
    if (state === SessionState.Terminated || state === SessionState.Terminating) {
      if (this.stage === 'ended') return;
      this.end = this.endedBy();
      this.stopMicrophone();
      this.renewal.stop();
    }
    const connection = this.handler?.peerConnection;
    if (state === SessionState.Established && connection) this.renewal.watch(connection);
    if (this.stage === 'connecting' && stages[state] === 'ringing') return;
    this.become(stages[state]);
  }

  private endedBy(): LegEnd {
    if (this.lost) return 'lost';
    if (this.finishedHere) return 'here';
    return this.stage === 'talking' ? 'far-end' : 'failed';
  }

  /** Nothing can be said in this session any more. Whoever is on it has not hung up. */
  private isLost(): void {
    this.lost = true;
    this.abandon();
  }

  private become(stage: LegStage): void {
    this.stage = stage;
    this.changed();
  }

  private applyMute(): void {
    for (const track of this.microphone?.getAudioTracks() ?? []) track.enabled = !this.muted;
  }

  private stopMicrophone(): void {
    for (const track of this.microphone?.getTracks() ?? []) track.stop();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
