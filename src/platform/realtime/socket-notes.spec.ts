import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import { type SocketNote, SocketNotes } from './socket-notes.js';

describe('the notes on a socket', () => {
  it('are one line a minute, with counts and the first of them', () => {
    const clock = new ManualClock();
    const told: SocketNote[] = [];
    const notes = new SocketNotes(clock, (note) => told.push(note));
    for (let times = 0; times < 5_000; times += 1)
      notes.take('without-acknowledgement', { command: `c${times}` });
    notes.take('malformed', { command: 'm' });
    expect(told).toEqual([]);
    clock.advance(60_000);
    expect(told).toEqual([
      { counts: { 'without-acknowledgement': 5_000, malformed: 1 }, first: { command: 'c0' } },
    ]);
    clock.advance(600_000);
    expect(told).toHaveLength(1);
  });

  it('are told when the socket closes, once', () => {
    const clock = new ManualClock();
    const told: SocketNote[] = [];
    const notes = new SocketNotes(clock, (note) => told.push(note));
    notes.flush();
    notes.take('too-many', { command: 'x' });
    notes.flush();
    clock.advance(60_000);
    expect(told).toEqual([{ counts: { 'too-many': 1 }, first: { command: 'x' } }]);
  });
});
