import { describe, expect, it } from '@jest/globals';
import { type AriEvent, ariEventSchema } from './ari-schema.js';
import { accountCodeOf, type LegRecord } from './leg-record.js';
import { translate } from './translation.js';

const time = '2026-03-02T09:00:00.250+0800';
const at = Date.parse('2026-03-02T09:00:00.250+08:00');
const trunks = ['trunk'];

function channel(more: Record<string, unknown> = {}) {
  return {
    id: 'leg-1',
    creationtime: time,
    name: 'PJSIP/trunk-0000002a',
    state: 'Up',
    caller: { name: 'Wang', number: '13800001111' },
    dialplan: { exten: '8000', app_name: 'Stasis', app_data: 'sanling' },
    ...more,
  };
}

function event(type: string, more: Record<string, unknown> = {}, channelMore = {}): AriEvent {
  return ariEventSchema.parse({ type, timestamp: time, channel: channel(channelMore), ...more });
}

const rung: LegRecord = { legId: 'leg-1', origin: 'rung', phase: 'ringing' };
const arrived: LegRecord = { legId: 'leg-1', origin: 'arrived', phase: 'up' };

/** Plays events to one leg and returns everything told. */
function play(leg: LegRecord | undefined, events: readonly AriEvent[]) {
  let record = leg;
  return events.flatMap((one) => {
    const translation = translate(one, record, trunks);
    record = translation.gone ? undefined : (translation.leg ?? record);
    return translation.told;
  });
}

describe('arrivals', () => {
  it('tells a call of the trunk', () => {
    expect(play(undefined, [event('StasisStart', {}, { state: 'Ring' })])).toEqual([
      {
        kind: 'leg.arrived',
        at,
        legId: 'leg-1',
        leg: { legId: 'leg-1', fromNumber: '13800001111', fromName: 'Wang', dialled: '8000' },
      },
    ]);
  });

  it.each([
    ['may dial the number', 'PJSIP/guest-7-0000002b', accountCodeOf(['8000']), undefined],
    ['may dial another number', 'PJSIP/guest-7-0000002b', accountCodeOf(['8001']), 'forbidden'],
    ['may dial nothing', 'PJSIP/guest-7-0000002b', accountCodeOf([]), 'forbidden'],
    ['is no device of ours', 'PJSIP/stranger-0000002b', '', 'forbidden'],
  ])('of an endpoint that %s', (_what, name, accountcode, turnAway) => {
    const arrival = event('StasisStart', {}, { name, accountcode, state: 'Ring' });
    const translation = translate(arrival, undefined, trunks);
    expect(translation.turnAway).toBe(turnAway);
    expect(translation.told.map((one) => one.kind)).toEqual(turnAway ? [] : ['leg.arrived']);
    if (!turnAway) expect(translation.told[0]).toMatchObject({ leg: { deviceId: 'guest-7' } });
  });
});

it('tells since when a caller waited whom the dialplan answered because nobody was connected', () => {
  const creationtime = '2026-03-02T08:59:00.000+0800';
  const told = play(undefined, [event('StasisStart', {}, { state: 'Up', creationtime })]);
  expect(told).toMatchObject([
    { kind: 'leg.arrived', at, leg: { waitedSince: Date.parse('2026-03-02T08:59:00.000+08:00') } },
    { kind: 'leg.answered', at },
  ]);
});

describe('a leg that we rang', () => {
  it('rings once, and is answered when it can be commanded, at the time it was picked up', () => {
    const later = event('StasisStart', { timestamp: '2026-03-02T09:00:01.000+0800' });
    const told = play({ ...rung, phase: 'new' }, [
      event('ChannelStateChange', {}, { state: 'Ringing' }),
      event('ChannelStateChange', {}, { state: 'Ringing' }),
      event('ChannelStateChange', {}, { state: 'Up' }),
      later,
      later,
    ]);
    expect(told).toEqual([
      { kind: 'leg.ringing', at, legId: 'leg-1' },
      { kind: 'leg.answered', at, legId: 'leg-1' },
    ]);
  });

  it.each([
    [17, 486, 'busy'],
    [21, 603, 'rejected'],
    [19, 480, 'no-answer'],
    [18, 408, 'unreachable'],
    [1, 404, 'unreachable'],
    [38, 500, 'failed'],
  ])('is refused: cause %d, SIP %d is %s', (cause, tech_cause, why) => {
    const told = play(rung, [
      event('ChannelHangupRequest', { cause, tech_cause }, { state: 'Ringing' }),
      event('ChannelDestroyed', { cause, tech_cause }, { state: 'Ringing', name: 'PJSIP/desk-7-0000002c' }),
    ]);
    expect(told).toEqual([{ kind: 'leg.refused', at, legId: 'leg-1', why, sipStatus: tech_cause }]);
  });

  it('ends by us when we stopped the ringing', () => {
    const told = play({ ...rung, endAsked: true }, [
      event('ChannelHangupRequest', { cause: 32, soft: true }, { state: 'Ringing' }),
      event('ChannelDestroyed', { cause: 16 }, { state: 'Ringing' }),
    ]);
    expect(told).toEqual([{ kind: 'leg.ended', at, legId: 'leg-1', by: 'local', cause: 'normal-clearing' }]);
  });
});

describe('numbers that did not answer', () => {
  const fails = (state: 'new' | 'ringing', fromNetwork: boolean, cause: number, tech_cause?: number) =>
    play({ ...rung, phase: state }, [
      ...(fromNetwork ? [event('ChannelHangupRequest', { cause })] : []),
      event('ChannelDestroyed', { cause, ...(tech_cause ? { tech_cause } : {}) }),
    ])[0];

  it.each([
    ['new', true, 1, 404, 'unknown-number'],
    ['new', true, 28, 484, 'unknown-number'],
    ['new', true, 38, 503, 'unreachable'],
    ['new', true, 18, 408, 'unreachable'],
    ['ringing', true, 18, 408, 'no-answer'],
    ['new', true, 17, undefined, 'busy'],
    ['new', true, 58, 488, 'failed'],
  ] as const)(
    '%s, told by the network %s, cause %i, status %s: %s',
    (state, fromNetwork, cause, status, why) => {
      const told = fails(state, fromNetwork, cause, status);
      expect(told).toEqual({
        kind: 'leg.refused',
        at,
        legId: 'leg-1',
        why,
        ...(status ? { sipStatus: status } : {}),
      });
    },
  );

  it('when we gave up, whatever Asterisk calls it', () => {
    const refused = { kind: 'leg.refused', at, legId: 'leg-1' };
    expect(fails('new', false, 19, 480)).toEqual({ ...refused, why: 'unreachable' });
    expect(fails('ringing', false, 19, 480)).toEqual({ ...refused, why: 'no-answer' });
  });

  it('rings once, though its network plays its own tone and tells that it rings', () => {
    const progress = ariEventSchema.parse({
      type: 'Dial',
      timestamp: time,
      dialstatus: 'PROGRESS',
      peer: channel(),
    });
    const ringing = event('ChannelStateChange', {}, { state: 'Ringing' });
    expect(play({ ...rung, phase: 'new' }, [progress, ringing])).toEqual([
      { kind: 'leg.ringing', at, legId: 'leg-1' },
    ]);
  });
});

describe('who ended a leg', () => {
  const hangup = (soft: boolean, cause: number) => event('ChannelHangupRequest', { soft, cause });

  it.each([
    ['the party', false, [hangup(false, 16)], 'remote'],
    ['we', true, [hangup(true, 32)], 'local'],
    ['the party, before our own request took effect', true, [hangup(false, 16), hangup(true, 32)], 'remote'],
    ['we, before the party did', true, [hangup(true, 32), hangup(false, 16)], 'local'],
    ['its network, from which no audio came', false, [hangup(true, 1)], 'vanished'],
    ['its phone, whose page is left', false, [hangup(false, 27)], 'vanished'],
    ['Asterisk, for a reason of its own', false, [hangup(true, 32)], 'engine'],
    ['nobody who said so', false, [], 'engine'],
  ] as const)('%s', (_who, endAsked, requests, by) => {
    const told = play({ ...arrived, endAsked }, [
      ...requests,
      event('StasisEnd'),
      event('ChannelDestroyed', { cause: 16 }),
    ]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ kind: 'leg.ended', by });
  });

  it('hands on the recording that ran', () => {
    const end = event('StasisEnd', {}, { channelvars: { SANLING_RECORDING: 'rec-1' } });
    expect(translate(end, arrived, trunks)).toMatchObject({ gone: true, recordingId: 'rec-1' });
    const none = event('StasisEnd', {}, { channelvars: { SANLING_RECORDING: '' } });
    expect(translate(none, arrived, trunks).recordingId).toBeUndefined();
  });
});

describe('what happens during a call', () => {
  const bridge = (name: string) => ({ bridge: { id: 'b', name, channels: ['leg-1'] } });

  it('places', () => {
    expect(
      play(arrived, [
        event('ChannelEnteredBridge', bridge('sanling/waiting/leg-1')),
        event('ChannelLeftBridge', bridge('sanling/waiting/leg-1')),
        event('ChannelEnteredBridge', bridge('sanling/room/r/1')),
        event('ChannelEnteredBridge', bridge('somebody else')),
      ]),
    ).toEqual([
      { kind: 'leg.waiting', at, legId: 'leg-1' },
      { kind: 'leg.connected', at, legId: 'leg-1', roomId: 'r/1' },
    ]);
  });

  it('listening, which is nothing to the ear itself', () => {
    const place = bridge('sanling/whisper/leg-1/leg.2');
    expect(play(arrived, [event('ChannelEnteredBridge', place)])).toEqual([
      { kind: 'leg.listening', at, legId: 'leg-1', targetLegId: 'leg.2', mode: 'whisper' },
    ]);
    const ear = event('StasisStart', {}, { name: 'Snoop/leg.2-00000001' });
    expect(translate(ear, undefined, trunks)).toEqual({ told: [] });
  });

  it('keys, holds and speech', () => {
    expect(
      play(arrived, [
        event('ChannelDtmfReceived', { digit: '#', duration_ms: 120 }),
        event('ChannelHold'),
        event('ChannelUnhold'),
        event('ChannelTalkingStarted'),
        event('ChannelTalkingFinished', { duration: 900 }),
      ]),
    ).toEqual([
      { kind: 'leg.digit', at, legId: 'leg-1', digit: '#', durationMs: 120 },
      { kind: 'leg.held-by-device', at, legId: 'leg-1' },
      { kind: 'leg.resumed-by-device', at, legId: 'leg-1' },
      { kind: 'leg.speaking', at, legId: 'leg-1' },
      { kind: 'leg.silent', at: at - 300, legId: 'leg-1', spokeMs: 900 },
    ]);
  });

  it('a voice that came with the answer, once the leg counts as answered', () => {
    const [answer, enters] = [event('ChannelStateChange'), event('StasisStart')];
    const speaks = event('ChannelTalkingStarted');
    const answered = { kind: 'leg.answered', at, legId: 'leg-1' };
    const speaking = { kind: 'leg.speaking', at, legId: 'leg-1' };
    expect(play(rung, [answer, speaks, enters])).toEqual([answered, speaking]);
    expect(play(rung, [answer, enters, speaks])).toEqual([answered, speaking]);
    const stops = event('ChannelTalkingFinished', { duration: 40 });
    expect(play(rung, [speaks, stops, answer, enters])).toEqual([answered]);
  });

  it('nothing of legs that nobody knows', () => {
    for (const type of ['ChannelHold', 'StasisEnd', 'ChannelTalkingStarted'])
      expect(translate(event(type), undefined, trunks)).toEqual({ told: [] });
  });

  it('prompts', () => {
    const finished = ariEventSchema.parse({
      type: 'PlaybackFinished',
      timestamp: time,
      playback: { id: 'p', target_uri: 'channel:leg-1', state: 'done' },
    });
    const told = [{ kind: 'prompt.finished', at, legId: 'leg-1', promptId: 'p' }];
    expect(translate(finished, undefined, trunks)).toEqual({ told });
  });
});
