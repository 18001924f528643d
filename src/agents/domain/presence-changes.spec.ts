import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { isRefusal } from '../../kernel/refusal.js';
import * as change from './presence-changes.js';
import { absent, heldByCall, type PresenceModel } from './presence-machine.js';

const call = '6d1f0a3e-4a55-4a5e-9a53-3f3f3f3f3f3f';
const handling = '7d1f0a3e-4a55-4a5e-9a53-3f3f3f3f3f3f';

/** Applies changes a second apart; those that do not apply leave the presence as it was. */
function story(...changes: change.Change[]): PresenceModel {
  return changes.reduce<PresenceModel>((presence, apply, index) => {
    const after = apply(presence, (index + 1) * 1_000);
    return after && !isRefusal(after) ? after : presence;
  }, absent(0));
}
const atDesk = [change.signedIn, change.deviceIs(true), change.readyWished];
const ringing = [...atDesk, change.reserved(call, handling)];
const talking = [...ringing, change.answered(call, handling)];
const wrappingUp = [...talking, change.talkEnded(call, handling)];

describe('presence', () => {
  it('goes from signing in through a call back to ready, with the time it became free', () => {
    expect(story(change.signedIn)).toMatchObject({ state: 'not-ready', reason: 'signed-in', since: 1_000 });
    expect(story(...atDesk)).toMatchObject({ state: 'ready', reason: null, idleSince: 3_000 });
    expect(story(...ringing)).toMatchObject({ state: 'ringing', callId: call, handlingId: handling });
    expect(story(...talking).state).toBe('talking');
    expect(story(...wrappingUp)).toMatchObject({ state: 'wrap-up', callId: call });
    expect(story(...wrappingUp, change.wrapUpDone(call))).toEqual({
      ...absent(0),
      state: 'ready',
      deviceReady: true,
      since: 7_000,
      idleSince: 7_000,
    });
  });

  it('lets a lead help: away from the queues meanwhile, ready again after it unless they said otherwise', () => {
    const helping = [...atDesk, change.helps];
    expect(story(...helping)).toMatchObject({ state: 'not-ready', reason: 'helping' });
    expect(story(...helping, change.helped)).toMatchObject({ state: 'ready', idleSince: 5_000 });
    const wished = story(...helping, change.notReadyWished('meal'), change.helped);
    expect(wished).toMatchObject({ state: 'not-ready', reason: 'meal' });
    expect(story(change.signedIn, change.helps, change.helped)).toMatchObject({ reason: 'signed-in' });
  });

  it('lets somebody take a call by their own doing, and makes them what they were after it', () => {
    const took = [change.deviceIs(true), change.tookCall(call, handling)];
    const done = [change.talkEnded(call, handling), change.wrapUpDone(call)];
    const ready = [...atDesk, change.tookCall(call, handling)];
    expect(story(...ready)).toMatchObject({ state: 'talking', callId: call, next: null });
    expect(story(...ready, ...done).state).toBe('ready');
    const away = story(change.signedIn, ...took, ...done);
    expect(away).toMatchObject({ state: 'not-ready', reason: 'signed-in' });
    expect(change.tookCall(call, handling)(story(change.signedIn), 9_000)).toBeUndefined();
    expect(story(...talking, change.tookCall('other', 'other')).callId).toBe(call);
  });

  it('refuses ready without a softphone, and every wish while ringing', () => {
    expect(change.readyWished(story(change.signedIn), 9_000)).toMatchObject({ code: 'presence.no-device' });
    for (const wish of [change.readyWished, change.notReadyWished('meal')]) {
      expect(wish(story(...ringing), 9_000)).toMatchObject({ code: 'presence.not-allowed-now' });
    }
  });

  it.each([
    ['talking', talking],
    ['wrap-up', wrappingUp],
  ])('keeps a wish made while %s until the call is wrapped up', (state, before) => {
    const wished = story(...before, change.notReadyWished('meal'));
    expect(wished).toMatchObject({ state, next: 'not-ready', nextReason: 'meal' });
    const done = story(
      ...before,
      change.notReadyWished('meal'),
      change.talkEnded(call, handling),
      change.wrapUpDone(call),
    );
    expect(done).toMatchObject({
      state: 'not-ready',
      reason: 'meal',
      next: null,
      nextReason: null,
      callId: null,
    });
  });

  it('keeps the old place among the idle when the caller gave up', () => {
    expect(story(...ringing, change.released(call))).toMatchObject({
      state: 'ready',
      since: 3_000,
      idleSince: 3_000,
      callId: null,
    });
  });

  it('is not ready after a missed call and after a lost softphone', () => {
    expect(story(...ringing, change.missed(call, 'missed-call'))).toMatchObject({
      state: 'not-ready',
      reason: 'missed-call',
      callId: null,
    });
    expect(story(...atDesk, change.deviceLost)).toMatchObject({
      state: 'not-ready',
      reason: 'device-lost',
      deviceReady: false,
    });
  });

  it('is ready after the record though the softphone is missing for the moment, not ready once it is lost', () => {
    const reloaded = [...wrappingUp, change.deviceIs(false), change.wrapUpDone(call)];
    expect(story(...reloaded)).toMatchObject({ state: 'ready', deviceReady: false, idleSince: 8_000 });
    expect(story(...reloaded, change.deviceIs(true))).toMatchObject({ state: 'ready', deviceReady: true });
    expect(story(...reloaded, change.deviceLost)).toMatchObject({
      state: 'not-ready',
      reason: 'device-lost',
    });
  });

  it('wraps up a talk whose answer was never told', () => {
    expect(story(...ringing, change.talkEnded(call, handling)).state).toBe('wrap-up');
  });

  it('does not take a change of another call', () => {
    const other = '8d1f0a3e-4a55-4a5e-9a53-3f3f3f3f3f3f';
    const strange = [
      change.answered(other, handling),
      change.answered(call, other),
      change.missed(other, 'missed-call'),
      change.released(other),
      change.released(call, other),
      change.talkEnded(other, handling),
      change.wrapUpDone(other),
    ];
    for (const apply of strange) {
      expect(apply(story(...ringing), 9_000)).toBeUndefined();
      expect(apply(story(...wrappingUp), 9_000)).toBeUndefined();
    }
  });

  it('holds a call exactly while ringing, talking or wrapping up, whatever happens in whatever order', () => {
    const changes: change.Change[] = [
      change.signedIn,
      change.readyWished,
      change.notReadyWished('break'),
      change.reserved(call, handling),
      change.answered(call, handling),
      change.missed(call, 'missed-call'),
      change.released(call),
      change.talkEnded(call, handling),
      change.wrapUpDone(call),
      change.deviceIs(true),
      change.deviceIs(false),
      change.deviceLost,
      change.left,
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...changes), { maxLength: 40 }), (events) => {
        const presence = story(...events);
        expect(presence.callId !== null).toBe(heldByCall(presence));
        expect(presence.handlingId !== null).toBe(heldByCall(presence));
        expect(presence.reason !== null).toBe(presence.state === 'not-ready');
        if (presence.state === 'ready') expect(presence.since).toBe(presence.idleSince);
        if (!heldByCall(presence)) expect(presence.next).toBeNull();
      }),
      fuzzed(),
    );
  });
});
