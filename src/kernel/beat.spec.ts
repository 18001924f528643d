import { describe, expect, it } from '@jest/globals';
import { Beat } from './beat.js';
import { ManualClock } from './clock.js';

describe('a beat', () => {
  it('works at its rhythm, and not after it was stopped', async () => {
    const clock = new ManualClock();
    let done = 0;
    const beat = new Beat(
      clock,
      1_000,
      async () => {
        done += 1;
      },
      () => undefined,
    );
    clock.advance(5_000);
    expect(done).toBe(0);
    beat.start();
    clock.advance(1_000);
    await beat.now();
    expect(done).toBe(2);
    await beat.stop();
    clock.advance(5_000);
    expect(done).toBe(2);
  });

  it('never works twice at once, makes up once for what came meanwhile, and goes on after a failure', async () => {
    const clock = new ManualClock();
    const gates: (() => void)[] = [];
    const failures: unknown[] = [];
    let atOnce = 0;
    let most = 0;
    const beat = new Beat(
      clock,
      1_000,
      async () => {
        most = Math.max(most, ++atOnce);
        await new Promise<void>((resolve) => gates.push(resolve));
        atOnce -= 1;
        throw new Error('lost');
      },
      (error) => failures.push(error),
    );
    beat.start();
    clock.advance(5_000);
    expect(gates).toHaveLength(1);
    const through = beat.now();
    gates[0]?.();
    await new Promise(setImmediate);
    expect(gates).toHaveLength(2);
    gates[1]?.();
    await through;
    expect({ most, failures: failures.length }).toEqual({ most: 1, failures: 2 });
    await beat.stop();
  });
});
