import type { SoftphoneAccount } from '@contracts/softphone';
import type { Leg, LegEnd, LegStage, Line, LineEvents } from './line';

/** A leg that tests move by hand. */
export class FakeLeg implements Leg {
  stage: LegStage = 'ringing';
  end: LegEnd | null = null;
  remote: MediaStream | null = null;
  microphone: MediaStream | null = null;
  muted = false;
  readonly digits: string[] = [];
  counted: Readonly<Record<string, unknown>>[] | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(readonly id: string) {}

  async accept(microphone: MediaStream): Promise<void> {
    this.microphone = microphone;
    this.become('talking');
  }

  finish(): void {
    this.end = 'here';
    this.become('ended');
  }

  farEndGoes(end: LegEnd = 'far-end'): void {
    this.end = end;
    this.become('ended');
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
  }

  async replaceMicrophone(microphone: MediaStream): Promise<void> {
    this.microphone = microphone;
  }

  sendDigit(digit: string): void {
    this.digits.push(digit);
  }

  async stats(): Promise<Iterable<Readonly<Record<string, unknown>>> | null> {
    return this.counted;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  become(stage: LegStage): void {
    this.stage = stage;
    for (const listener of this.listeners) listener();
  }
}

/** A line that tests register and ring by hand. */
export class FakeLine implements Line {
  stopped = false;
  woken = 0;
  readonly dialled: string[] = [];
  readonly outgoing = new FakeLeg('outgoing');

  constructor(
    readonly account: SoftphoneAccount,
    readonly events: LineEvents,
  ) {}

  dial(number: string, microphone: MediaStream): Leg {
    this.dialled.push(number);
    this.outgoing.microphone = microphone;
    return this.outgoing;
  }

  abandoned = 0;

  abandon(): void {
    this.abandoned += 1;
  }

  wake(): void {
    this.woken += 1;
  }

  stop(): void {
    this.stopped = true;
  }

  rings(legId: string): FakeLeg {
    const leg = new FakeLeg(legId);
    this.events.incoming(leg);
    return leg;
  }
}

/** A microphone whose track can be pulled out. */
export function fakeMicrophone(): { stream: MediaStream; pullOut: () => void } {
  const track = new EventTarget();
  const stream = { getAudioTracks: () => [track], getTracks: () => [track] } as unknown as MediaStream;
  return { stream, pullOut: () => track.dispatchEvent(new Event('ended')) };
}

/** Timers that tests let pass by hand. */
export class FakeTimers {
  private pending: { at: number; action: () => void }[] = [];
  private now = 0;

  readonly after = (ms: number, action: () => void): (() => void) => {
    const entry = { at: this.now + ms, action };
    this.pending.push(entry);
    return () => {
      this.pending = this.pending.filter((other) => other !== entry);
    };
  };

  pass(ms: number): void {
    this.now += ms;
    const due = this.pending.filter(({ at }) => at <= this.now);
    this.pending = this.pending.filter(({ at }) => at > this.now);
    for (const { action } of due) action();
  }
}
