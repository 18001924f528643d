import { describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';

describe('eventually', () => {
  it('returns the first truthy answer', async () => {
    let asked = 0;
    await expect(eventually(() => (++asked === 3 ? 'third' : undefined))).resolves.toBe('third');
    expect(asked).toBe(3);
  });

  it('goes on after a probe that throws', async () => {
    let asked = 0;
    const probe = () => {
      if (++asked < 3) throw new Error('not yet');
      return asked;
    };
    await expect(eventually(probe)).resolves.toBe(3);
  });

  it('tells what was last seen when time is up', async () => {
    const waiting = eventually(() => 0, { withinMs: 30, everyMs: 5, what: 'two calls are listed' });
    await expect(waiting).rejects.toThrow(/within 30 ms: two calls are listed\nthe last time it gave: 0/);
  });

  it('tells what was last thrown when time is up', async () => {
    const probe = () => {
      throw new Error('the board is empty');
    };
    await expect(eventually(probe, { withinMs: 30, everyMs: 5 })).rejects.toThrow(
      /it threw: the board is empty/,
    );
  });
});
