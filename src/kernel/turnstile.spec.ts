import { describe, expect, it } from '@jest/globals';
import { Turnstile, Turnstiles } from './turnstile.js';

/** Work that ends when the test says so. */
function work(name: string, log: string[]) {
  let end = () => {};
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async () => {
    log.push(name);
    await done;
    return name;
  };
  return { run, end };
}

describe('a turnstile', () => {
  it('lets so many run, so many wait in their order, and turns the rest away', async () => {
    const turnstile = new Turnstile(2, 1);
    const log: string[] = [];
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => work(name, log));
    const passing = [one, two, three].map((each) => turnstile.pass(each?.run ?? (async () => '')));
    expect(await turnstile.pass(four?.run ?? (async () => ''))).toBeUndefined();
    expect(log).toEqual(['one', 'two']);
    one?.end();
    expect(await passing[0]).toBe('one');
    expect(log).toEqual(['one', 'two', 'three']);
    two?.end();
    three?.end();
    expect(await Promise.all(passing)).toEqual(['one', 'two', 'three']);
    expect(turnstile.idle).toBe(true);
  });

  it('goes on after work that failed', async () => {
    const turnstile = new Turnstile(1, 1);
    await expect(turnstile.pass(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await turnstile.pass(async () => 'next')).toBe('next');
  });
});

it('turnstiles by key: one that is crowded keeps nobody from another', async () => {
  const turnstiles = new Turnstiles(1, 0);
  const log: string[] = [];
  const [one, two] = [work('one', log), work('two', log)];
  const passing = [turnstiles.pass('a', one.run), turnstiles.pass('b', two.run)];
  expect(await turnstiles.pass('a', async () => 'refused')).toBeUndefined();
  expect(log).toEqual(['one', 'two']);
  one.end();
  two.end();
  expect(await Promise.all(passing)).toEqual(['one', 'two']);
  expect(await turnstiles.pass('a', async () => 'again')).toBe('again');
});
