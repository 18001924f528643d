import type { RefusalBody } from '@contracts/refusal';
import type { GuestAccount } from '@contracts/softphone';
import { createStore } from 'zustand/vanilla';
import { clientRefusal, RefusedError, refusalOf } from '../app/refused-error';
import type { Leg, LegEnd, Line, OpenLine } from '../softphone/line';

/** idle → preparing (account, microphone, registration) → calling → connected → ended. */
export type GuestStage = 'idle' | 'preparing' | 'calling' | 'connected' | 'ended';

export interface GuestState {
  stage: GuestStage;
  refusal: RefusalBody | null;
  end: LegEnd | null;
  connectedAt: string | null;
  muted: boolean;
  local: MediaStream | null;
  remote: MediaStream | null;
}

export interface GuestPorts {
  account: () => Promise<GuestAccount>;
  openLine: OpenLine;
  openMicrophone: () => Promise<MediaStream>;
  closeMicrophone: (stream: MediaStream) => void;
  now: () => number;
  after: (ms: number, action: () => void) => () => void;
}

const registerWithinMs = 10_000;

const idle: GuestState = {
  stage: 'idle',
  refusal: null,
  end: null,
  connectedAt: null,
  muted: false,
  local: null,
  remote: null,
};

/** A customer's phone for one call at a time: each call gets an account of its own. */
export class GuestPhone {
  readonly state = createStore<GuestState>()(() => idle);
  private line: Line | null = null;
  private leg: Leg | null = null;
  private turn = 0;

  constructor(private readonly ports: GuestPorts) {}

  /** Calls the house. Every obstacle ends in `refusal`, with the phone idle again. */
  async call(): Promise<void> {
    if (['preparing', 'calling', 'connected'].includes(this.state.getState().stage)) return;
    const turn = ++this.turn;
    this.state.setState({ ...idle, stage: 'preparing' });
    let microphone: MediaStream | null = null;
    try {
      // The microphone first: a customer who denies it costs no account.
      microphone = await this.ports.openMicrophone();
      const account = await this.ports.account();
      const line = await this.registered(account);
      if (turn !== this.turn) {
        line.stop();
        this.ports.closeMicrophone(microphone);
        return;
      }
      this.line = line;
      this.dial(line, account.serviceNumber, microphone);
    } catch (error) {
      if (microphone) this.ports.closeMicrophone(microphone);
      if (turn === this.turn) this.state.setState({ ...idle, refusal: refusalOf(error) });
    }
  }

  hangUp(): void {
    if (this.leg) this.leg.finish();
    else this.giveUp();
  }

  setMuted(muted: boolean): void {
    this.leg?.setMuted(muted);
    this.state.setState({ muted });
  }

  digit(digit: string): void {
    this.leg?.sendDigit(digit);
  }

  private giveUp(): void {
    this.turn += 1;
    this.state.setState(idle);
  }

  /** The page goes away. */
  stop(): void {
    this.turn += 1;
    this.leg?.finish();
    this.line?.stop();
  }

  private dial(line: Line, number: string, microphone: MediaStream): void {
    const leg = line.dial(number, microphone);
    this.leg = leg;
    this.state.setState({ stage: 'calling', local: microphone });
    leg.onChange(() => this.changed(leg));
  }

  private changed(leg: Leg): void {
    if (leg !== this.leg) return;
    if (leg.stage === 'ended') {
      this.leg = null;
      this.line?.stop();
      this.line = null;
      this.state.setState({ ...idle, stage: 'ended', end: leg.end });
      return;
    }
    const { connectedAt } = this.state.getState();
    if (leg.stage === 'talking')
      this.state.setState({
        stage: 'connected',
        remote: leg.remote,
        connectedAt: connectedAt ?? new Date(this.ports.now()).toISOString(),
      });
  }

  /** Resolves with a line that is registered; rejects when that takes too long or the account is not taken. */
  private registered(account: GuestAccount): Promise<Line> {
    return new Promise((resolve, reject) => {
      const failed = new RefusedError(clientRefusal('client.call-failed'));
      let opened: Line | null = null;
      let settled = false;
      const settle = (ok: boolean) => {
        if (settled || !opened) return;
        settled = true;
        cancel();
        if (ok) return resolve(opened);
        opened.stop();
        reject(failed);
      };
      const cancel = this.ports.after(registerWithinMs, () => settle(false));
      let ready = false;
      this.ports
        .openLine(account, {
          registered: () => {
            ready = true;
            settle(true);
          },
          unregistered: (final) => final && settle(false),
          incoming: (leg) => leg.finish(),
        })
        .then((line) => {
          opened = line;
          if (ready) settle(true);
        }, reject);
    });
  }
}
