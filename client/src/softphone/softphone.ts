import type { DeskCall } from '@contracts/call';
import type { HelpView } from '@contracts/live-help';
import type { RefusalBody } from '@contracts/refusal';
import { createStore } from 'zustand/vanilla';
import { clientRefusal, refusalOf } from '../app/refused-error';
import { DeviceLead, type DeviceLeadPorts, type PhoneStatus } from './device-lead';
import type { Leg, LegStage, Line } from './line';

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

export interface SoftphonePorts extends DeviceLeadPorts {
  openMicrophone: () => Promise<MediaStream>;
  closeMicrophone: (stream: MediaStream) => void;
}

/** The server ended the call; its BYE is given this long before the phone lets go by itself. */
const orphanAfterMs = 2_000;

const livePhases: readonly DeskCall['phase'][] = ['offered', 'ringing', 'consulted', 'talking', 'held'];

/** The leg by which this person is rung at their own wish (dialling out, helping) or for a talk that goes on. */
function askedLeg(call: DeskCall | null, help: Pick<HelpView, 'legId'> | null): string | null {
  if (help) return help.legId;
  if (call?.recallLegId) return call.recallLegId;
  return call?.state === 'dialling' ? call.agentLegId : null;
}

const isOfCall = ({ id }: Leg, { agentLegId, recallLegId }: DeskCall): boolean =>
  id === agentLegId || id === recallLegId;

const idle: PhoneState = {
  status: 'starting',
  refusal: null,
  leg: null,
  local: null,
  remote: null,
  microphoneLost: false,
};

/**
 * The agent's phone. The server decides what happens to calls; the phone rings when an INVITE comes for the desk's
 * call, answers with a fresh microphone, and otherwise follows. A line whose account was replaced lives on until its
 * call is over.
 */
export class Softphone {
  readonly state = createStore<PhoneState>()(() => idle);
  private readonly device: DeviceLead;
  private readonly legs = new Map<string, Leg>();
  private readonly retired = new Set<Line>();
  private cancelOrphan: () => void = () => undefined;
  private answering = false;
  /** The leg that is to be answered by itself. */
  private askedFor: string | null = null;
  private callId: string | null = null;

  constructor(private readonly ports: SoftphonePorts) {
    this.device = new DeviceLead(ports, {
      status: (status, refusal) => this.state.setState({ status, refusal }),
      incoming: (leg) => this.incoming(leg),
      held: () => [...this.legs.values()].filter(({ stage }) => stage !== 'ended').map(({ id }) => id),
      retired: (line) => {
        this.retired.add(line);
        this.stopRetired();
      },
    });
  }

  /** Becomes the agent's phone, now and after every reconnect. */
  start(): void {
    this.device.start();
  }

  stop(): void {
    this.cancelOrphan();
    this.device.stop();
    for (const line of this.retired) line.stop();
  }

  /** The network is back. */
  wake(): void {
    this.device.wake();
  }

  /** The page is left: whoever is on the phone has not hung up. */
  abandon(): void {
    this.device.abandon();
    for (const line of this.retired) line.abandon();
  }

  /** Makes this tab the phone instead of the one that leads now. */
  takeOver(): void {
    this.device.lead(true);
  }

  /** Answers the desk's call. Resolves with the refusal, or null when it was answered. */
  async answer(call: Pick<DeskCall, 'callId' | 'agentLegId'>): Promise<RefusalBody | null> {
    const leg = this.legs.get(call.agentLegId);
    if (leg?.stage !== 'ringing') return clientRefusal('client.phone-not-ready');
    if (this.answering) return null;
    this.answering = true;
    try {
      return await this.answerLeg(call.callId, leg);
    } finally {
      this.answering = false;
    }
  }

  /**
   * Follows the desk: mute is the server's word, a leg that this person asked for is answered by itself, and a leg whose
   * call is over is let go.
   */
  follow(call: DeskCall | null, help: Pick<HelpView, 'legId'> | null = null): void {
    this.cancelOrphan();
    this.callId = call?.callId ?? null;
    this.askedFor = askedLeg(call, help);
    this.answerAsked();
    const live = call !== null && livePhases.includes(call.phase);
    if (call) this.legs.get(call.agentLegId)?.setMuted(call.muted);
    const orphans = [...this.legs.values()].filter(
      (leg) => leg.stage !== 'ringing' && leg.id !== help?.legId && !(live && isOfCall(leg, call)),
    );
    if (orphans.length === 0) return;
    this.cancelOrphan = this.ports.after(orphanAfterMs, () => {
      for (const leg of orphans) leg.finish();
    });
  }

  /** What the leg's connection has counted; null when it is not there. */
  async stats(legId: string): Promise<Iterable<Readonly<Record<string, unknown>>> | null> {
    return (await this.legs.get(legId)?.stats()) ?? null;
  }

  /** Another microphone in the middle of a call: chosen by the agent, or because the one in use is gone. */
  async changeMicrophone(): Promise<void> {
    const leg = this.current();
    if (!leg?.microphone) return;
    try {
      await leg.replaceMicrophone(await this.ports.openMicrophone());
      this.watchMicrophone(leg);
      this.microphoneIs(false);
    } catch (error) {
      console.warn('no microphone to go on with', error);
      this.microphoneIs(true);
    }
  }

  /** Devices came or went: a call without a microphone takes the first that is there. */
  async devicesChanged(): Promise<void> {
    if (this.state.getState().microphoneLost) await this.changeMicrophone();
  }

  /** Told to both sides: here by the state, to the customer by the server. */
  private microphoneIs(lost: boolean): void {
    if (this.state.getState().microphoneLost === lost) return;
    this.state.setState({ microphoneLost: lost });
    if (this.callId === null) return;
    const failed = (error: unknown) => console.warn('the microphone could not be reported', error);
    this.ports.connection.command('report-microphone', { callId: this.callId, lost }).then((answer) => {
      if (!answer.ok) failed(answer.refusal.code);
    }, failed);
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

  private incoming(leg: Leg): void {
    this.legs.set(leg.id, leg);
    leg.onChange(() => this.legChanged(leg));
    this.publish();
    this.answerAsked();
  }

  /** The person's own phone is rung because they dial out, or come to help: nobody needs to press anything. */
  private answerAsked(): void {
    const leg = this.askedFor === null ? undefined : this.legs.get(this.askedFor);
    if (leg?.stage !== 'ringing' || this.answering) return;
    this.answering = true;
    this.acceptWithMicrophone(leg)
      .catch((error: unknown) => {
        console.error('the own leg could not be answered', error);
        leg.finish();
        this.state.setState({ refusal: refusalOf(error) });
      })
      .finally(() => {
        this.answering = false;
      });
  }

  private async acceptWithMicrophone(leg: Leg): Promise<void> {
    const microphone = await this.ports.openMicrophone();
    try {
      await leg.accept(microphone);
    } catch (error) {
      this.ports.closeMicrophone(microphone);
      throw error;
    }
    this.watchMicrophone(leg);
  }

  private legChanged(leg: Leg): void {
    if (leg.stage === 'ended') {
      this.legs.delete(leg.id);
      // The call goes on without this phone: told so, the server rings it for the talk.
      if (leg.end === 'lost') this.device.holdsLess();
      this.state.setState({ microphoneLost: false });
      this.stopRetired();
    }
    this.publish();
  }

  private stopRetired(): void {
    // Only one call is on a desk at a time: while it lasts, the line it may be on stays. The server ends what it takes away.
    if (this.legs.size > 0) return;
    for (const line of this.retired) line.stop();
    this.retired.clear();
  }

  private current(): Leg | undefined {
    const all = [...this.legs.values()];
    return all.find((leg) => leg.stage !== 'ringing') ?? all.at(-1);
  }

  private publish(): void {
    const leg = this.current();
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
    this.changeMicrophone().catch((error: unknown) => {
      console.error('the microphone could not be replaced', error);
    });
  }
}
