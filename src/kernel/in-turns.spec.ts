import { describe, expect, it } from '@jest/globals';
import { inTurns } from './in-turns.js';

describe('in turns', () => {
  it('does everything, never more than so many at once', async () => {
    const done: number[] = [];
    let [running, most] = [0, 0];
    await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((later) => setImmediate(later));
      running -= 1;
      done.push(item);
    });
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('does nothing for nothing, and tells a failure', async () => {
    await inTurns([], 3, () => Promise.reject(new Error('not called')));
    const failing = inTurns([1], 3, () => Promise.reject(new Error('this one')));
    await expect(failing).rejects.toThrow('this one');
  });
});
