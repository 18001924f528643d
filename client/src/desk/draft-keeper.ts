import type { WrapUpDraft } from '@contracts/wrap-up';
import { createStore } from 'zustand/vanilla';

/** saved: the server has it; waiting: a pause of typing is awaited; kept-here: only this browser has it so far. */
export type DraftStatus = 'saved' | 'waiting' | 'saving' | 'kept-here';

export interface DraftPorts {
  /** Sends the draft; false when the server could not take it now. */
  save: (draft: WrapUpDraft) => Promise<boolean>;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  after: (ms: number, action: () => void) => () => void;
}

const pauseMs = 700;
const tryAgainMs = 4_000;
export const draftKey = (handlingId: string): string => `sanling.draft.${handlingId}`;

interface Kept {
  draft: WrapUpDraft;
  savedAt: number;
}

/**
 * The wrap-up being written for one handling. Each change is in this browser at once (a crash loses nothing) and goes
 * to the server at the next pause. What this browser still has unsent wins over the server's copy.
 */
export class DraftKeeper {
  readonly state;
  private cancel: () => void = () => undefined;

  constructor(
    private readonly handlingId: string,
    serverDraft: WrapUpDraft,
    private readonly ports: DraftPorts,
  ) {
    const kept = readKept(ports.storage, handlingId);
    this.state = createStore<{ draft: WrapUpDraft; status: DraftStatus }>()(() => ({
      draft: kept?.draft ?? serverDraft,
      status: kept ? 'kept-here' : 'saved',
    }));
    if (kept) this.later(pauseMs);
  }

  change(patch: WrapUpDraft): void {
    const draft = { ...this.state.getState().draft, ...patch };
    this.state.setState({ draft, status: 'waiting' });
    this.keep(draft);
    this.later(pauseMs);
  }

  /** Sends what is unsent now: after a reconnect, at the end of typing. */
  async flush(): Promise<void> {
    this.cancel();
    const { draft, status } = this.state.getState();
    if (status === 'saved' || status === 'saving') return;
    this.state.setState({ status: 'saving' });
    const saved = await this.ports.save(draft);
    if (this.state.getState().draft !== draft) {
      // Typed on meanwhile: that pause is awaited anew.
      this.state.setState({ status: 'waiting' });
      return this.later(pauseMs);
    }
    this.state.setState({ status: saved ? 'saved' : 'kept-here' });
    if (saved) this.ports.storage.removeItem(draftKey(this.handlingId));
    else this.later(tryAgainMs);
  }

  /** The record is complete: nothing to keep. */
  forget(): void {
    this.cancel();
    this.ports.storage.removeItem(draftKey(this.handlingId));
  }

  /** The page goes away; what is unsent stays in the browser. */
  stop(): void {
    this.cancel();
  }

  private later(ms: number): void {
    this.cancel();
    this.cancel = this.ports.after(ms, () => {
      this.flush().catch((error: unknown) => {
        console.error('the draft could not be sent', error);
        this.state.setState({ status: 'kept-here' });
      });
    });
  }

  private keep(draft: WrapUpDraft): void {
    try {
      this.ports.storage.setItem(draftKey(this.handlingId), JSON.stringify({ draft, savedAt: Date.now() }));
    } catch (error) {
      // Full or forbidden storage: the server's copy still follows at the pause.
      console.warn('the draft could not be kept in this browser', error);
    }
  }
}

function readKept(storage: DraftPorts['storage'], handlingId: string): Kept | null {
  const text = storage.getItem(draftKey(handlingId));
  if (!text) return null;
  try {
    return JSON.parse(text) as Kept;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    storage.removeItem(draftKey(handlingId));
    return null;
  }
}

const keptForMs = 3 * 24 * 3_600_000;

/** Clears away what was left by handlings of days ago. */
export function sweepDrafts(storage: Storage, now: number): void {
  for (const key of Object.keys(storage)) {
    if (!key.startsWith(draftKey(''))) continue;
    const kept = readKept(storage, key.slice(draftKey('').length));
    if (kept && now - kept.savedAt > keptForMs) storage.removeItem(key);
  }
}
