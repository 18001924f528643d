import { describe, expect, it } from '@jest/globals';
import { isRefusal } from '../../kernel/refusal.js';
import { SipPlaces } from './sip-places.js';

const taken = (places: SipPlaces, holder: string): (() => void) => {
  const leave = places.take(holder);
  if (isRefusal(leave)) throw new Error(leave.code);
  return leave;
};

describe('the places towards the engine', () => {
  it('are four for each holder', () => {
    const places = new SipPlaces(100);
    const [leave] = [1, 2, 3, 4].map(() => taken(places, 'session:1'));
    expect(places.take('session:1')).toMatchObject({ code: 'request.too-many' });
    taken(places, 'session:2');
    leave?.();
    taken(places, 'session:1');
    expect(places.taken).toBe(5);
  });

  it('are so many in all, and free again when given back', () => {
    const places = new SipPlaces(3);
    const leaves = ['a', 'b', 'c'].map((holder) => taken(places, holder));
    expect(places.take('d')).toMatchObject({ code: 'service.unavailable' });
    for (const leave of leaves) leave();
    expect(places.taken).toBe(0);
    taken(places, 'd');
  });
});
