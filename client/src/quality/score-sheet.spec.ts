import type { Evaluation } from '@contracts/quality';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { RefusedError } from '../app/refused-error';
import type { DraftKeeper, KeptDraft } from './draft-keeper';
import { type Draft, withMark } from './score-draft';
import { ScoreSheet, type SheetServer } from './score-sheet';

const evaluationOf = (draft: Draft, revision: number): Evaluation => ({
  id: 'e',
  handlingId: 'h',
  callId: 'c',
  form: { id: 'f', version: 1, name: { zh: '', en: '' }, items: [] },
  state: 'draft',
  inspectorId: 'i',
  inspectorName: 'Inspector',
  ...draft,
  revision,
  total: null,
  fatalFailed: [],
  openItems: [],
  submittedAt: null,
  seenAt: null,
});

/** Keeps revisions as the real one does. */
class Desk implements SheetServer {
  current: Evaluation | null = null;
  saves = 0;
  refuseWith: RefusedError | null = null;
  /** Held back until told: what happens while a save is on its way. */
  gate: Promise<void> = Promise.resolve();

  async save(draft: Draft): Promise<Evaluation> {
    this.saves += 1;
    await this.gate;
    if (this.refuseWith) throw this.refuseWith;
    if (draft.revision !== (this.current?.revision ?? 0))
      throw new RefusedError({ code: 'evaluation.changed-meanwhile', details: {} }, 409);
    this.current = evaluationOf(draft, draft.revision + 1);
    return this.current;
  }
  async submit(): Promise<Evaluation> {
    if (!this.current) throw new Error('nothing to submit');
    this.current = { ...this.current, state: 'submitted' };
    return this.current;
  }
  async load(): Promise<Evaluation | null> {
    return this.current;
  }
  /** Somebody else saves. */
  changedBySomebody(draft: Draft): void {
    this.current = evaluationOf(draft, (this.current?.revision ?? 0) + 1);
  }
}

class Memory implements DraftKeeper {
  entry: KeptDraft | null = null;
  keep(kept: KeptDraft): void {
    this.entry = kept;
  }
  kept(): KeptDraft | null {
    return this.entry;
  }
  forget(): void {
    this.entry = null;
  }
}

const scored = (clause: string, score: number) => (draft: Draft) =>
  withMark(draft, { clause, score, decision: 'scored', reason: '' });
const blank: Draft = { marks: [], notes: [], summary: '', revision: 0 };
const unreachable = new RefusedError({ code: 'client.unreachable', details: {} });

let desk: Desk;
let memory: Memory;
const open = () => new ScoreSheet(desk.current, desk, memory);
const marksOf = (draft: Draft | undefined) => draft?.marks.map((mark) => [mark.clause, mark.score]);

beforeEach(() => {
  jest.useFakeTimers();
  desk = new Desk();
  memory = new Memory();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('saving', () => {
  test('several changes in a row are one save, after the pause', async () => {
    const sheet = open();
    sheet.change(scored('1', 1));
    sheet.change(scored('2', 0.5));
    expect(desk.saves).toBe(0);
    await jest.advanceTimersByTimeAsync(700);
    expect(desk.saves).toBe(1);
    expect(sheet.state.getState()).toMatchObject({ saving: 'saved', draft: { revision: 1 } });
    expect(memory.entry).toBeNull();
  });

  test('a change while a save is under way is saved after it', async () => {
    const sheet = open();
    let release = () => {};
    desk.gate = new Promise((done) => {
      release = done;
    });
    sheet.change(scored('1', 1));
    await jest.advanceTimersByTimeAsync(700);
    sheet.change(scored('2', 0));
    release();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(marksOf(desk.current ?? undefined)).toEqual([
      ['1', 1],
      ['2', 0],
    ]);
    expect(sheet.state.getState()).toMatchObject({ saving: 'saved', draft: { revision: 2 } });
  });

  test('an absent server is asked again by itself; until then the draft stays in the browser', async () => {
    const sheet = open();
    desk.refuseWith = unreachable;
    sheet.change(scored('1', 1));
    await jest.advanceTimersByTimeAsync(700);
    expect(sheet.state.getState()).toMatchObject({ saving: 'failed', error: unreachable });
    expect(marksOf(memory.entry?.draft)).toEqual([['1', 1]]);
    desk.refuseWith = null;
    await jest.advanceTimersByTimeAsync(5_100);
    expect(sheet.state.getState().saving).toBe('saved');
  });
});

describe('a reload or a crash', () => {
  test('brings back what was typed and saves it', async () => {
    desk.refuseWith = unreachable;
    open().change(scored('1', 0.25));
    desk.refuseWith = null;
    const again = open();
    expect(marksOf(again.state.getState().draft)).toEqual([['1', 0.25]]);
    await jest.advanceTimersByTimeAsync(700);
    expect(marksOf(desk.current ?? undefined)).toEqual([['1', 0.25]]);
  });

  test('after somebody else saved, shows both', () => {
    open().change(scored('1', 0.25));
    desk.changedBySomebody(scored('2', 1)(blank));
    const again = open().state.getState();
    expect(again.saving).toBe('conflict');
    expect(marksOf(again.conflict?.merged)).toEqual([
      ['1', 0.25],
      ['2', 1],
    ]);
  });
});

describe('somebody else saved meanwhile', () => {
  const inConflict = async () => {
    const sheet = open();
    sheet.change(scored('1', 1));
    desk.changedBySomebody(scored('1', 0)(scored('2', 1)(blank)));
    await jest.advanceTimersByTimeAsync(700);
    return sheet;
  };

  test('nothing is overwritten; what both changed is named', async () => {
    const sheet = await inConflict();
    expect(sheet.state.getState()).toMatchObject({ saving: 'conflict', conflict: { disputed: ['1'] } });
    expect(marksOf(sheet.state.getState().draft)).toEqual([['1', 1]]);
    expect(marksOf(desk.current ?? undefined)).toEqual([
      ['2', 1],
      ['1', 0],
    ]);
  });

  test('what I go on changing before I choose is kept too', async () => {
    const sheet = await inConflict();
    sheet.change(scored('3', 0.5));
    sheet.keepMine();
    await jest.advanceTimersByTimeAsync(100);
    expect(marksOf(desk.current ?? undefined)).toEqual(
      expect.arrayContaining([
        ['1', 1],
        ['2', 1],
        ['3', 0.5],
      ]),
    );
  });

  test('theirs can be taken', async () => {
    const sheet = await inConflict();
    sheet.takeTheirs();
    expect(sheet.state.getState()).toMatchObject({ saving: 'saved', conflict: null, draft: { revision: 1 } });
    expect(marksOf(sheet.state.getState().draft)).toEqual([
      ['2', 1],
      ['1', 0],
    ]);
    expect(memory.entry).toBeNull();
  });
});

describe('submitting', () => {
  test('sends the unsaved changes first', async () => {
    const sheet = open();
    sheet.change(scored('1', 1));
    expect(await sheet.submit()).toMatchObject({ state: 'submitted', marks: [{ clause: '1' }] });
  });
  test('fails with the reason when they cannot be saved', async () => {
    const sheet = open();
    desk.refuseWith = unreachable;
    sheet.change(scored('1', 1));
    await expect(sheet.submit()).rejects.toBe(unreachable);
    expect(desk.current).toBeNull();
  });
});
