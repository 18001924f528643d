import type { DeskCall } from '@contracts/call';
import type { RefusalBody } from '@contracts/refusal';
import type { SoftphoneAccount } from '@contracts/softphone';
import { createStore } from 'zustand/vanilla';
import { clientRefusal, refusalOf } from '../app/refused-error';
import type { Connection } from '../realtime/connection';
import type { Leg, LegStage, Line, OpenLine } from './line';

/**
 * starting: asks for its account; registering: has one; ready: can be rung; lost: tries to get back;
 * elsewhere: another tab is the phone; refused: the server gave no account.
 */
export type PhoneStatus = 'starting' | 'registering' | 'ready' | 'lost' | 'elsewhere' | 'refused';

export interface PhoneState {
  status: PhoneStatus;
  refusal: RefusalBody | null;
  /** The leg in use: its id is `DeskCall.agentLegId`. */
  leg: { id: string; stage: LegStage } | null;
  local: MediaStream | null;
  remote: MediaStream | null;
  /** The microphone went away in the middle of a call and no other was found. */
  microphoneLost: boolean;
}

export interface SoftphonePorts {
  connection: Pick<Connection, 'command' | 'on' | 'onConnected'>;
  openLine: OpenLine;
  openMicrophone: () => Promise<MediaStream>;
  closeMicrophone: (stream: MediaStream) => void;
  clientId: () => Promise<string>;
  /** Runs later; returns the cancel. */
  after: (ms: number, action: () => void) => () => void;
}

const leadAgainAfterMs = 3_000;
/** The server ended the call; its BYE is given this long before the phone lets go by itself. */
const orphanAfterMs = 2_000;

const idle: PhoneState = {
  status: 'starting',
  refusal: null,
  leg: null,
  local: null,
  remote: null,
  microphoneLost: false,
};

/**
 * The agent's phone. The server decides what happens to calls; the phone registers, rings when an INVITE comes for the
 * desk's call, answers with a fresh microphone, and otherwise follows. An account is replaced when this tab leads anew;
 * a line whose account was replaced lives on until its call is over.
 */
export class Softphone {
  readonly state = createStore<PhoneState>()(() => idle);
  private line: Line | null = null;
  private account: SoftphoneAccount | null = null;
  private readonly legs = new Map<string, { leg: Leg; line: Line | null }>();
  private readonly removals: (() => void)[] = [];
  private cancelLead: () => void = () => undefined;
  private cancelOrphan: () => void = () => undefined;
  private answering = false;
  private generation = 0;
  private stopped = false;

  constructor(private readonly ports: SoftphonePorts) {}

  /** Becomes the agent's phone, now and after every reconnect. */
  start(): void {
    const { connection } = this.ports;
    this.removals.push(
      connection.onConnected(() => this.lead(false)),
      connection.on('device.led-elsewhere', () => this.ledElsewhere()),
    );
  }

  stop(): void {
    this.stopped = true;
    this.cancelLead();
    this.cancelOrphan();
    for (const remove of this.removals) remove();
    for (const { line } of this.legs.values()) line?.stop();
    this.line?.stop();
  }

  /** Asks for the account; `takeOver` silences the tab that leads now. */
  lead(takeOver: boolean): void {
    this.cancelLead();
    this.requestLead(takeOver).catch((error: unknown) => {
      console.error('the phone could not start', error);
      this.state.setState({ status: 'refused', refusal: refusalOf(error) });
    });
  }

  /** Answers the desk's call. Resolves with the refusal, or null when it was answered. */
  async answer(call: Pick<DeskCall, 'callId' | 'agentLegId'>): Promise<RefusalBody | null> {
    const found = this.legs.get(call.agentLegId);
    if (found?.leg.stage !== 'ringing') return clientRefusal('client.phone-not-ready');
    if (this.answering) return null;
    this.answering = true;
    try {
      return await this.answerLeg(call.callId, found.leg);
    } finally {
      this.answering = false;
    }
  }

  /** Follows the desk: mute is the server's word, and a leg whose call is over is let go. */
  follow(call: DeskCall | null): void {
    this.cancelOrphan();
    const live = call !== null && ['offered', 'ringing', 'talking', 'held'].includes(call.phase);
    if (call) this.legs.get(call.agentLegId)?.leg.setMuted(call.muted);
    const orphans = [...this.legs.values()].filter(({ leg }) => !live || leg.id !== call.agentLegId);
    if (orphans.length === 0) return;
    this.cancelOrphan = this.ports.after(orphanAfterMs, () => {
      for (const { leg } of orphans) if (leg.stage !== 'ringing') leg.finish();
    });
  }

  /** Another microphone: chosen by the agent, or because the one in use is gone. */
  async changeMicrophone(): Promise<void> {
    const found = this.current();
    if (!found?.leg.microphone) return;
    try {
      const microphone = await this.ports.openMicrophone();
      await found.leg.replaceMicrophone(microphone);
      this.watchMicrophone(found.leg);
      this.state.setState({ microphoneLost: false });
    } catch (error) {
      console.warn('no microphone to go on with', error);
      this.state.setState({ microphoneLost: true });
    }
  }

  private async answerLeg(callId: string, leg: Leg): Promise<RefusalBody | null> {
    const { connection, openMicrophone, closeMicrophone } = this.ports;
    let microphone: MediaStream;
    try {
      microphone = await openMicrophone();
    } catch (error) {
      // The call rings on: the agent may allow the microphone and press again.
      return refusalOf(error);
    }
    const answer = await connection.command('answer-call', { callId });
    if (!answer.ok || leg.stage !== 'ringing') {
      closeMicrophone(microphone);
      return answer.ok ? clientRefusal('client.call-failed') : answer.refusal;
    }
    try {
      await leg.accept(microphone);
    } catch (error) {
      console.error('the call could not be accepted', error);
      closeMicrophone(microphone);
      leg.finish();
      return clientRefusal('client.call-failed');
    }
    this.watchMicrophone(leg);
    return null;
  }

  private async requestLead(takeOver: boolean): Promise<void> {
    const turn = ++this.generation;
    const clientId = await this.ports.clientId();
    const answer = await this.ports.connection.command('lead-device', {
      clientId,
      takeOver,
      ...(this.account && this.line ? { resuming: this.account.deviceId } : {}),
    });
    if (this.stopped || turn !== this.generation) return;
    if (!answer.ok) return this.leadRefused(answer.refusal);
    if (this.isCurrent(answer.result) && this.line)
      return this.tell(this.state.getState().status === 'ready');
    this.retire();
    this.account = answer.result;
    this.state.setState({ status: 'registering', refusal: null });
    await this.open(answer.result);
  }

  private async open(account: SoftphoneAccount): Promise<void> {
    const current = () => !this.stopped && this.account === account;
    const line = await this.ports.openLine(account, {
      registered: () => current() && this.registered(),
      unregistered: (final) => current() && this.unregistered(final),
      incoming: (leg) => this.incoming(leg),
    });
    if (current()) this.line = line;
    else line.stop();
  }

  private leadRefused(refusal: RefusalBody): void {
    if (refusal.code === 'device.led-elsewhere') {
      this.ledElsewhere();
      return;
    }
    // Disconnected meanwhile: the reconnect asks again. Anything else may pass by itself.
    this.state.setState({ status: refusal.code === 'client.disconnected' ? 'lost' : 'refused', refusal });
    this.cancelLead = this.ports.after(leadAgainAfterMs, () => this.lead(false));
  }

  private registered(): void {
    this.state.setState({ status: 'ready', refusal: null });
    this.tell(true);
  }

  private unregistered(final: boolean): void {
    if (this.state.getState().status === 'ready') this.tell(false);
    this.state.setState({ status: 'lost' });
    if (final) this.cancelLead = this.ports.after(leadAgainAfterMs, () => this.lead(false));
  }

  private tell(registered: boolean): void {
    this.ports.connection.command('report-device', { registered }).then((answer) => {
      if (!answer.ok) console.warn('the phone could not be reported', answer.refusal.code);
    });
  }

  private ledElsewhere(): void {
    this.generation += 1;
    this.cancelLead();
    this.retire();
    this.state.setState({ status: 'elsewhere', refusal: null });
  }

  private isCurrent(account: SoftphoneAccount): boolean {
    return this.account?.deviceId === account.deviceId && this.account.secret === account.secret;
  }

  /** Lets the line go: at once, or when its call is over. */
  private retire(): void {
    const line = this.line;
    this.line = null;
    this.account = null;
    if (!line) return;
    const busy = [...this.legs.values()].filter(({ leg }) => leg.stage === 'talking');
    if (busy.length === 0) line.stop();
    for (const found of busy) found.line = line;
  }

  private incoming(leg: Leg): void {
    this.legs.set(leg.id, { leg, line: null });
    leg.onChange(() => this.legChanged(leg));
    this.publish();
  }

  private legChanged(leg: Leg): void {
    if (leg.stage === 'ended') {
      this.legs.get(leg.id)?.line?.stop();
      this.legs.delete(leg.id);
      this.state.setState({ microphoneLost: false });
    }
    this.publish();
  }

  private current(): { leg: Leg } | undefined {
    const all = [...this.legs.values()];
    return all.find(({ leg }) => leg.stage !== 'ringing') ?? all.at(-1);
  }

  private publish(): void {
    const leg = this.current()?.leg;
    this.state.setState({
      leg: leg ? { id: leg.id, stage: leg.stage } : null,
      local: leg?.microphone ?? null,
      remote: leg?.remote ?? null,
    });
  }

  private watchMicrophone(leg: Leg): void {
    for (const track of leg.microphone?.getAudioTracks() ?? [])
      track.addEventListener('ended', () => {
        if (leg.stage !== 'ended') this.microphoneGone();
      });
  }

  private microphoneGone(): void {
    this.changeMicrophone().catch((error: unknown) =>
      console.error('the microphone could not be replaced', error),
    );
  }
}
