import { describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Announcements } from './announcements.js';

Logger.overrideLogger(false);

const closed = { kind: 'session.closed', sessionId: 's', personId: 'p', why: 'session.expired' } as const;

describe('announcements', () => {
  it('reach every listener of their kind in order, though one throws and one rejects', () => {
    const announcements = new Announcements();
    const heard: string[] = [];
    announcements.on('session.closed', () => {
      throw new Error('first');
    });
    announcements.on('session.closed', async () => {
      throw new Error('second');
    });
    announcements.on('session.closed', ({ sessionId }) => void heard.push(sessionId));
    announcements.on('evaluation.submitted', () => void heard.push('wrong kind'));
    announcements.announce(closed);
    expect(heard).toEqual(['s']);
  });

  it('stop after removal', () => {
    const announcements = new Announcements();
    const heard: string[] = [];
    const remove = announcements.on('session.closed', ({ personId }) => void heard.push(personId));
    announcements.announce(closed);
    remove();
    announcements.announce(closed);
    expect(heard).toEqual(['p']);
  });
});
