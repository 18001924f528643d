import type { Evaluation } from '@contracts/quality';
import { createStore } from 'zustand/vanilla';
import { RefusedError } from '../app/refused-error';
import type { DraftKeeper } from './draft-keeper';
import { mergeDrafts } from './merge-drafts';
import { type Draft, draftOf, sendable } from './score-draft';

export interface SheetState {
  /** What the form shows. */
  draft: Draft;
  /** The server's last answer: its total, its open items. */
  evaluation: Evaluation | null;
  saving: 'saved' | 'waiting' | 'saving' | 'failed' | 'conflict';
  error: unknown;
  /** Somebody else saved meanwhile: their version, and mine laid over it. */
  conflict: { theirs: Draft; merged: Draft; disputed: string[] } | null;
}

/** The server's list of open items; null while it has not seen the draft that is shown. */
export function serverOpen(state: SheetState): readonly string[] | null {
  return state.saving === 'saved' && state.evaluation ? state.evaluation.openItems : null;
}

export interface SheetServer {
  save(draft: Draft): Promise<Evaluation>;
  submit(evaluationId: string): Promise<Evaluation>;
  /** The evaluation as it is now. */
  load(): Promise<Evaluation | null>;
}

/** How long typing pauses before a draft is saved. */
const savePauseMs = 600;
const retryMs = 5_000;

const changedMeanwhile = (error: unknown): boolean =>
  error instanceof RefusedError && error.refusal.code === 'evaluation.changed-meanwhile';

/**
 * One handling's score as it is being made. Every change is kept in the browser at once and on the server at each pause;
 * the server's answer brings the total. A version saved by somebody else is never overwritten and never overwrites:
 * both are kept until the inspector chooses.
 */
export class ScoreSheet {
  readonly state;
  private base: Draft;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;

  constructor(
    evaluation: Evaluation | null,
    private readonly server: SheetServer,
    private readonly keeper: DraftKeeper,
  ) {
    this.base = draftOf(evaluation);
    this.state = createStore<SheetState>()(() => ({
      draft: this.base,
      evaluation,
      saving: 'saved',
      error: null,
      conflict: null,
    }));
    if (evaluation?.state !== 'submitted') this.restore();
  }

  /** Changes the draft; it is saved at the next pause. */
  change(edit: (draft: Draft) => Draft): void {
    const { draft, conflict } = this.state.getState();
    const next = edit(draft);
    if (next === draft) return;
    if (conflict) {
      const merged = edit(conflict.merged);
      this.state.setState({ draft: next, conflict: { ...conflict, merged } });
    } else {
      this.state.setState({ draft: next, saving: 'waiting' });
      this.saveIn(savePauseMs);
    }
    this.keeper.keep({ base: this.base, draft: next });
  }

  /** Saves now what is unsaved; resolves when the server has it or refused it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.running) await this.running;
    if (this.state.getState().saving === 'waiting' || this.state.getState().saving === 'failed') {
      this.running = this.save().finally(() => {
        this.running = null;
      });
      await this.running;
    }
  }

  /** Submits what is saved. Throws the server's refusal. */
  async submit(): Promise<Evaluation | null> {
    await this.flush();
    const { evaluation, saving, error } = this.state.getState();
    if (saving === 'failed') throw error;
    if (saving !== 'saved' || evaluation === null) return null;
    const submitted = await this.server.submit(evaluation.id);
    this.base = draftOf(submitted);
    this.keeper.forget();
    this.state.setState({ evaluation: submitted, draft: this.base });
    return submitted;
  }

  /** Goes on with my changes laid over theirs. */
  keepMine(): void {
    const { conflict } = this.state.getState();
    if (!conflict) return;
    this.base = conflict.theirs;
    this.state.setState({ draft: conflict.merged, conflict: null, saving: 'waiting' });
    this.keeper.keep({ base: this.base, draft: conflict.merged });
    this.saveIn(0);
  }

  /** Goes on with theirs; my changes are given up. */
  takeTheirs(): void {
    const { conflict } = this.state.getState();
    if (!conflict) return;
    this.base = conflict.theirs;
    this.keeper.forget();
    this.state.setState({ draft: conflict.theirs, conflict: null, saving: 'saved' });
  }

  /** Leaves the sheet: what is unsaved is sent on the way out, and stays in the browser until it was. */
  leave(): void {
    void this.flush().finally(() => clearTimeout(this.timer));
  }

  private restore(): void {
    const kept = this.keeper.kept();
    if (!kept) return;
    if (kept.draft.revision === this.base.revision) {
      this.state.setState({ draft: kept.draft, saving: 'waiting' });
      this.saveIn(savePauseMs);
      return;
    }
    this.meet(kept.base, kept.draft, this.base);
  }

  private saveIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  private async save(): Promise<void> {
    const sent = this.state.getState().draft;
    this.state.setState({ saving: 'saving', error: null });
    try {
      this.accept(await this.server.save(sendable(sent)), sent);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (changedMeanwhile(error)) await this.meetTheirs();
      else this.fail(error);
    }
  }

  private accept(evaluation: Evaluation, sent: Draft): void {
    const { revision } = evaluation;
    this.base = { ...sent, revision };
    const { draft } = this.state.getState();
    const current = draft === sent;
    const next = { ...draft, revision };
    this.state.setState({ draft: next, evaluation, saving: current ? 'saved' : 'waiting' });
    if (current) this.keeper.forget();
    else {
      this.keeper.keep({ base: this.base, draft: next });
      this.saveIn(savePauseMs);
    }
  }

  private fail(error: RefusedError): void {
    this.state.setState({ saving: 'failed', error });
    // Only an absent server is asked again by itself; a refusal would be the same the second time.
    if (error.refusal.code === 'client.unreachable' || error.status === 503) this.saveIn(retryMs);
  }

  private async meetTheirs(): Promise<void> {
    try {
      const evaluation = await this.server.load();
      this.state.setState({ evaluation });
      this.meet(this.base, this.state.getState().draft, draftOf(evaluation));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.fail(error);
    }
  }

  private meet(base: Draft, mine: Draft, theirs: Draft): void {
    const { draft: merged, disputed } = mergeDrafts(base, mine, theirs);
    this.state.setState({ draft: mine, saving: 'conflict', conflict: { theirs, merged, disputed } });
  }
}
