import { createStore } from 'zustand/vanilla';

export const speeds = [0.75, 1, 1.25, 1.5, 2] as const;
export type Solo = 'both' | 'customer' | 'agent';

export interface PlayerState {
  playing: boolean;
  atMs: number;
  speed: number;
  solo: Solo;
  /** The browser could not load or play the audio. */
  failed: boolean;
}

const initial: PlayerState = { playing: false, atMs: 0, speed: 1, solo: 'both', failed: false };

/**
 * Plays one two-channel recording (left customer, right agent). Both channels come to both ears; one can be listened to
 * alone. The state is a store of its own, so that a moving playhead redraws nothing else.
 */
export class RecordingPlayer {
  readonly state = createStore<PlayerState>()(() => initial);
  private readonly audio: HTMLAudioElement;
  private graph: { context: AudioContext; customer: GainNode; agent: GainNode } | null = null;
  private frame = 0;
  private stopAtMs: number | null = null;

  constructor(address: string) {
    this.audio = new Audio();
    this.audio.preload = 'metadata';
    this.audio.src = address;
    this.audio.onplay = () => this.follow();
    this.audio.onpause = () => this.settle();
    this.audio.onended = () => this.settle();
    this.audio.onseeked = () => this.settle();
    this.audio.onerror = () => this.state.setState({ failed: true, playing: false });
  }

  /** Plays on from where it stands. */
  async play(): Promise<void> {
    try {
      const { context } = this.wired();
      if (context.state === 'suspended') await context.resume();
      await this.audio.play();
    } catch (error) {
      // A pause or a new place interrupts a start that was under way: no failure.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      console.error('the recording could not be played', error);
      this.state.setState({ failed: true, playing: false });
    }
  }

  /** Plays from a place, to its end when one is given. */
  playFrom(atMs: number, untilMs?: number): Promise<void> {
    this.seek(atMs);
    this.stopAtMs = untilMs ?? null;
    return this.play();
  }

  toggle(): void {
    this.stopAtMs = null;
    if (this.audio.paused) void this.play();
    else this.audio.pause();
  }

  seek(atMs: number): void {
    const place = Math.max(0, atMs);
    this.stopAtMs = null;
    this.audio.currentTime = place / 1000;
    this.state.setState({ atMs: place });
  }

  skip(byMs: number): void {
    this.seek(this.audio.currentTime * 1000 + byMs);
  }

  setSpeed(speed: number): void {
    this.audio.playbackRate = speed;
    this.state.setState({ speed });
  }

  setSolo(solo: Solo): void {
    this.state.setState({ solo });
    if (this.graph) this.applySolo(this.graph, solo);
  }

  /** Stops and lets go of the audio. */
  close(): void {
    cancelAnimationFrame(this.frame);
    this.audio.onpause = null;
    this.audio.onerror = null;
    this.audio.pause();
    this.audio.removeAttribute('src');
    this.audio.load();
    void this.graph?.context.close();
  }

  private follow(): void {
    cancelAnimationFrame(this.frame);
    const step = () => {
      const atMs = this.audio.currentTime * 1000;
      this.state.setState({ atMs, playing: !this.audio.paused });
      if (this.stopAtMs !== null && atMs >= this.stopAtMs) this.audio.pause();
      if (!this.audio.paused) this.frame = requestAnimationFrame(step);
    };
    step();
  }

  private settle(): void {
    if (this.audio.paused) cancelAnimationFrame(this.frame);
    this.state.setState({ atMs: this.audio.currentTime * 1000, playing: !this.audio.paused });
  }

  // Made at the first play: before a gesture the browser keeps an AudioContext asleep.
  private wired() {
    if (this.graph) return this.graph;
    const context = new AudioContext();
    const split = context.createChannelSplitter(2);
    const customer = context.createGain();
    const agent = context.createGain();
    context.createMediaElementSource(this.audio).connect(split);
    split.connect(customer, 0).connect(context.destination);
    split.connect(agent, 1).connect(context.destination);
    this.graph = { context, customer, agent };
    this.applySolo(this.graph, this.state.getState().solo);
    return this.graph;
  }

  private applySolo(graph: { customer: GainNode; agent: GainNode }, solo: Solo): void {
    graph.customer.gain.value = solo === 'agent' ? 0 : 1;
    graph.agent.gain.value = solo === 'customer' ? 0 : 1;
  }
}
