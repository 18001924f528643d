import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fuzzed } from '../../../test/support/fuzzed.js';
import { ManualClock } from '../../kernel/clock.js';
import type { EngineEvent } from '../port/engine-event.js';
import type { AriClient } from './ari-client.js';
import { type AriEvent, ariEventSchema } from './ari-schema.js';
import { AsteriskNews } from './asterisk-news.js';
import { HoldMusic } from './hold-music.js';
import { Legs } from './legs.js';
import { Places } from './places.js';
import type { Recordings } from './recordings.js';
import { Snoops } from './snoops.js';

const begin = Date.parse('2026-03-02T09:00:00.000+08:00');
const timeAt = (ms: number) => new Date(begin + ms).toISOString().replace('Z', '+0000');

interface Said {
  type: string;
  leg: 'customer' | 'agent';
  state?: string;
  more?: Record<string, unknown>;
}

const idOf = { customer: 'sanling-1772413200.7', agent: 'agent-1' } as const;
const nameOf = { customer: 'PJSIP/trunk-0000002a', agent: 'PJSIP/agent-801-0a-0000002b' } as const;

/** A call as Asterisk told it: queued, rung, answered, talked, held, talked, the customer hangs up. */
const story: readonly Said[] = [
  { type: 'StasisStart', leg: 'customer', state: 'Ring' },
  { type: 'ChannelStateChange', leg: 'customer' },
  { type: 'ChannelEnteredBridge', leg: 'customer', more: bridge('sanling/waiting/sanling-1772413200.7') },
  { type: 'ChannelStateChange', leg: 'agent', state: 'Ringing' },
  { type: 'ChannelStateChange', leg: 'agent' },
  { type: 'StasisStart', leg: 'agent' },
  { type: 'ChannelLeftBridge', leg: 'customer', more: bridge('sanling/waiting/sanling-1772413200.7') },
  { type: 'ChannelEnteredBridge', leg: 'customer', more: bridge('sanling/room/talk-1') },
  { type: 'ChannelEnteredBridge', leg: 'agent', more: bridge('sanling/room/talk-1') },
  { type: 'ChannelTalkingStarted', leg: 'customer' },
  { type: 'ChannelTalkingFinished', leg: 'customer', more: { duration: 900 } },
  { type: 'ChannelDtmfReceived', leg: 'customer', more: { digit: '1', duration_ms: 90 } },
  { type: 'ChannelHold', leg: 'agent' },
  { type: 'ChannelUnhold', leg: 'agent' },
  { type: 'ChannelHangupRequest', leg: 'customer', more: { cause: 16 } },
  { type: 'StasisEnd', leg: 'customer' },
  { type: 'ChannelDestroyed', leg: 'customer', more: { cause: 16 } },
  { type: 'ChannelHangupRequest', leg: 'agent', more: { soft: true, cause: 32 } },
  { type: 'StasisEnd', leg: 'agent' },
];

function bridge(name: string) {
  return { bridge: { id: name, name, channels: [] } };
}

function eventOf({ type, leg, state = 'Up', more }: Said, index: number): AriEvent {
  const channel = {
    id: idOf[leg],
    name: nameOf[leg],
    state,
    creationtime: timeAt(0),
    caller: { name: '', number: '13800000000' },
    dialplan: { exten: '8000', app_name: 'Stasis', app_data: 'sanling' },
  };
  return ariEventSchema.parse({ type, timestamp: timeAt(index * 100), channel, ...more });
}

/** What the port hears of these events. Asterisk itself takes every request and has nothing. */
function heard(events: readonly AriEvent[]): EngineEvent[] {
  const ari = {
    command: async () => ({ status: 200, body: {} }),
    get: async () => undefined,
  } as unknown as AriClient;
  const clock = new ManualClock();
  const told: EngineEvent[] = [];
  const tell = (event: EngineEvent) => told.push(event);
  const legs = new Legs(ari, 'sanling', tell);
  const snoops = new Snoops(ari, clock, 'sanling');
  const places = new Places(ari, clock, (legId) => legs.get(legId) !== undefined, snoops);
  const holdMusic = new HoldMusic(ari, (legId) => places.companions(legId));
  const recordings = {} as Recordings;
  const parts = {
    ari,
    legs,
    snoops,
    places,
    holdMusic,
    recordings,
    clock,
    app: 'sanling',
    trunks: ['trunk'],
  };
  const news = new AsteriskNews(parts, tell);
  legs.put({ legId: idOf.agent, origin: 'rung', phase: 'new' });
  for (const event of events) news.take(event);
  return told;
}

const events = story.map(eventOf);
const plain = heard(events);
const key = (event: EngineEvent) => JSON.stringify(event);
const ends = (told: readonly EngineEvent[]) =>
  told.flatMap((event) => (event.kind === 'leg.ended' || event.kind === 'leg.refused' ? [event.legId] : []));

/** Each event once or several times, each later than it should be by up to `most` places. */
const disturbed = (most: number) =>
  fc
    .array(fc.record({ delay: fc.nat(most), again: fc.option(fc.nat(most)) }), {
      minLength: events.length,
      maxLength: events.length,
    })
    .map((faults) =>
      faults
        .flatMap(({ delay, again }, index) => [
          { place: index + delay, event: events[index] },
          ...(again === null ? [] : [{ place: index + delay + again, event: events[index] }]),
        ])
        .sort((one, other) => one.place - other.place)
        .flatMap(({ event }) => (event ? [event] : [])),
    );

describe('a stream of events that is disturbed on its way', () => {
  it('tells nothing that did not happen when events are repeated', () => {
    const repeats = fc.array(fc.nat(3), { minLength: events.length, maxLength: events.length });
    fc.assert(
      fc.property(repeats, (times) => {
        const stream = events.flatMap(
          (event, index) => Array(1 + (times[index] ?? 0)).fill(event) as AriEvent[],
        );
        expect(new Set(heard(stream).map(key))).toEqual(new Set(plain.map(key)));
      }),
      fuzzed(),
    );
  });

  it('never throws, brings no leg twice and none back from its end, however late or twisted events are', () => {
    fc.assert(
      fc.property(disturbed(events.length), (stream) => {
        const told = heard(stream);
        expect(new Set(ends(told)).size).toBe(ends(told).length);
        const arrivals = told.filter(({ kind }) => kind === 'leg.arrived');
        expect(arrivals.length).toBeLessThanOrEqual(1);
        for (const legId of ends(told)) {
          const about = told.filter((event) => 'legId' in event && event.legId === legId);
          expect(ends(about.slice(-1))).toEqual([legId]);
        }
      }),
      fuzzed(300),
    );
  });
});
