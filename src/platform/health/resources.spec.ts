import { describe, expect, it } from '@jest/globals';
import { descriptors, diskOf, supplyOf } from './resources.js';

describe('a supply', () => {
  it.each([
    [0, 'up'],
    [80, 'up'],
    [81, 'short'],
    [95, 'short'],
    [96, 'down'],
    [100, 'down'],
    [120, 'down'],
  ])('of which %d in a hundred are used, with a reserve of twenty, is %s', (used, supply) => {
    expect(supplyOf({ used, most: 100 }, 20)).toBe(supply);
  });

  it('is measured', async () => {
    const open = await descriptors();
    expect(open.used).toBeLessThan(open.most);
    const disk = await diskOf('.');
    expect(disk.used).toBeGreaterThan(0);
    expect(disk.most).toBeGreaterThan(disk.used);
  });
});
