import type { WrapUpDraft } from '@contracts/wrap-up';
import { beforeEach, expect, it } from '@jest/globals';
import { FakeTimers } from '../softphone/fake-line';
import { DraftKeeper, draftKey } from './draft-keeper';

const settled = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
};

class MemoryStorage {
  readonly kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => {
    this.kept.set(key, value);
  };
  removeItem = (key: string) => {
    this.kept.delete(key);
  };
}

let storage: MemoryStorage;
let timers: FakeTimers;
let saved: WrapUpDraft[];
let online: boolean;

beforeEach(() => {
  storage = new MemoryStorage();
  timers = new FakeTimers();
  saved = [];
  online = true;
});

const keeperOf = (handlingId: string, draft: WrapUpDraft = {}) =>
  new DraftKeeper(handlingId, draft, {
    storage,
    after: timers.after,
    save: async (sent) => {
      if (online) saved.push(sent);
      return online;
    },
  });

it('sends once at a pause of typing', async () => {
  const keeper = keeperOf('h1');
  keeper.change({ note: '双' });
  timers.pass(400);
  keeper.change({ note: '双人间' });
  timers.pass(699);
  expect(saved).toEqual([]);
  timers.pass(1);
  await settled();
  expect(saved).toEqual([{ note: '双人间' }]);
  expect(keeper.state.getState().status).toBe('saved');
  expect(storage.kept.size).toBe(0);
});

it('loses nothing in a crash before the pause', async () => {
  keeperOf('h1', { customerName: '王' }).change({ note: '要加床' });
  const after = keeperOf('h1', { customerName: '王' });
  expect(after.state.getState()).toMatchObject({
    draft: { customerName: '王', note: '要加床' },
    status: 'kept-here',
  });
  timers.pass(700);
  await settled();
  expect(saved.at(-1)).toEqual({ customerName: '王', note: '要加床' });
});

it('takes the server’s copy when nothing is unsent here', () => {
  expect(keeperOf('h1', { note: '服务器上的' }).state.getState()).toMatchObject({
    draft: { note: '服务器上的' },
    status: 'saved',
  });
});

it('keeps the draft here while the line is away, and sends it when it is back', async () => {
  online = false;
  const keeper = keeperOf('h1');
  keeper.change({ note: '离线' });
  timers.pass(700);
  await settled();
  expect(keeper.state.getState().status).toBe('kept-here');
  expect(storage.kept.has(draftKey('h1'))).toBe(true);
  online = true;
  await keeper.flush();
  expect(saved).toEqual([{ note: '离线' }]);
  expect(keeper.state.getState().status).toBe('saved');
});

it('does not call it saved when something was typed while it was being sent', async () => {
  const keeper = keeperOf('h1');
  keeper.change({ note: '一' });
  const sending = keeper.flush();
  keeper.change({ note: '一二' });
  await sending;
  expect(keeper.state.getState().status).toBe('waiting');
  expect(storage.kept.size).toBe(1);
  timers.pass(700);
  await settled();
  expect(saved.at(-1)).toEqual({ note: '一二' });
});

it('forgets a completed record, also a pause under way', async () => {
  const keeper = keeperOf('h1');
  keeper.change({ note: '完' });
  keeper.forget();
  timers.pass(5_000);
  await settled();
  expect(saved).toEqual([]);
  expect(storage.kept.size).toBe(0);
});

it('keeps handlings apart, and survives a damaged entry', () => {
  keeperOf('h1').change({ note: '甲' });
  storage.setItem(draftKey('h2'), '{"draft":');
  expect(keeperOf('h2').state.getState().draft).toEqual({});
  expect(keeperOf('h3').state.getState().draft).toEqual({});
});
