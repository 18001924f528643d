import { type Cancel, Clock } from '../../kernel/clock.js';

export type Misconduct = 'malformed' | 'without-acknowledgement' | 'too-many';
export interface SocketNote {
  counts: Partial<Record<Misconduct, number>>;
  /** The first of them, as far as it helps to find its cause. */
  first: Readonly<Record<string, unknown>>;
}

const everyMs = 60_000;

/** What one socket did wrong, counted, and told as one line a minute at most. */
export class SocketNotes {
  private note: SocketNote | undefined;
  private cancel: Cancel = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly tell: (note: SocketNote) => void,
  ) {}

  take(what: Misconduct, about: Readonly<Record<string, unknown>>): void {
    if (!this.note) {
      this.note = { counts: {}, first: about };
      this.cancel = this.clock.at(this.clock.now() + everyMs, () => this.flush());
    }
    const { counts } = this.note;
    counts[what] = (counts[what] ?? 0) + 1;
  }

  /** Tells now what is noted: also when the socket closes. */
  flush(): void {
    this.cancel();
    const { note } = this;
    this.note = undefined;
    if (note) this.tell(note);
  }
}
