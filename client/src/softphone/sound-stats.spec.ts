import { soundSampleSchema } from '@contracts/sound-quality';
import { describe, expect, it } from '@jest/globals';
import { FakeTimers } from './fake-line';
import { gradeOf, mosText, percentText } from './sound-grade';
import { SoundReporter, soundNow } from './sound-reporter';
import { readStats, type SoundReading, sampleBetween } from './sound-stats';

/** Recorded from Chromium 150 in a call over Asterisk, shortened to what matters and what might be mixed up. */
const chromium = ({
  at = 5_000,
  received = 250,
  lost = 0,
  late = 0,
  reportAt = 4_800,
  fractionLost = 0.02,
} = {}) => [
  { type: 'codec', id: 'CITaudio-01_107', mimeType: 'audio/opus', clockRate: 48_000, payloadType: 107 },
  { type: 'codec', id: 'COTaudio-01_8', mimeType: 'audio/PCMA', clockRate: 8_000, payloadType: 8 },
  { type: 'candidate-pair', id: 'CP1', state: 'succeeded', currentRoundTripTime: 0.001 },
  {
    type: 'inbound-rtp',
    id: 'ITaudio-01A68748477',
    timestamp: at,
    kind: 'audio',
    mediaType: 'audio',
    codecId: 'CITaudio-01_107',
    packetsReceived: received,
    packetsLost: lost,
    packetsDiscarded: late,
    jitter: 0.012,
  },
  {
    type: 'remote-inbound-rtp',
    id: 'RIA2658220810',
    timestamp: reportAt,
    codecId: 'COTaudio-01_8',
    kind: 'audio',
    packetsLost: 4,
    fractionLost,
    roundTripTime: 0.045,
    jitter: 0.003,
  },
  {
    type: 'remote-outbound-rtp',
    id: 'ROA68748477',
    timestamp: reportAt,
    kind: 'audio',
    packetsSent: 500,
    roundTripTimeMeasurements: 0,
  },
  { type: 'outbound-rtp', id: 'OTaudio-01A1', timestamp: at, kind: 'audio', packetsSent: 251 },
];

/** The oldest form of the standard: `mediaType` instead of `kind`; no report of the far end yet. */
const older = [
  {
    type: 'inbound-rtp',
    id: 'in',
    timestamp: 10_000,
    mediaType: 'audio',
    codecId: 'c',
    packetsReceived: 500,
    packetsLost: -1,
    jitter: 0,
  },
  { type: 'codec', id: 'c', mimeType: 'audio/PCMA' },
];

const read = (entries: Parameters<typeof readStats>[0]): SoundReading => {
  const reading = readStats(entries);
  if (!reading) throw new Error('no audio was found');
  return reading;
};

describe('what a browser counts', () => {
  it('is read from the audio that comes in and the far end’s report', () => {
    expect(readStats(chromium())).toEqual({
      at: 5_000,
      received: 250,
      lost: 0,
      jitterMs: 12,
      far: { at: 4_800, lossShare: 0.02, roundTripMs: 45 },
      codec: 'opus',
    });
  });

  it('is read where the far end has not reported yet', () => {
    expect(readStats(older)).toMatchObject({ far: null, codec: 'PCMA', received: 500 });
  });

  it('is nothing before audio comes in', () => {
    expect(readStats([])).toBeNull();
    expect(readStats([{ type: 'inbound-rtp', kind: 'video', packetsReceived: 9 }])).toBeNull();
  });
});

describe('a sample', () => {
  it('is of the time since the last one', () => {
    const before = read(chromium({ at: 5_000, received: 250, lost: 10 }));
    const now = read(chromium({ at: 10_000, received: 450, lost: 60, reportAt: 9_800, fractionLost: 0.1 }));
    const sample = sampleBetween(before, now);
    expect(sample).toEqual({
      lossShare: 0.2,
      jitterMs: 12,
      roundTripMs: 45,
      lossShareOut: 0.1,
      codec: 'opus',
      overMs: 5_000,
    });
    expect(soundSampleSchema.safeParse(sample).success).toBe(true);
  });

  it('counts a packet that came too late to be played as lost', () => {
    const now = read(chromium({ at: 10_000, received: 500, late: 50 }));
    expect(sampleBetween(read(chromium()), now)?.lossShare).toBe(0.2);
  });

  it('does not repeat the far end’s old report', () => {
    const sample = sampleBetween(read(chromium()), read(chromium({ at: 10_000, received: 500 })));
    expect(sample?.lossShareOut).toBeNull();
  });

  it('takes a late packet for no gain', () => {
    const now = read(chromium({ at: 10_000, received: 500, lost: 2 }));
    expect(sampleBetween(read(chromium({ lost: 5 })), now)?.lossShare).toBe(0);
  });

  it('is none while the line is held, or when the clock stood still', () => {
    expect(sampleBetween(read(chromium()), read(chromium({ at: 10_000 })))).toBeNull();
    expect(sampleBetween(read(chromium()), read(chromium({ received: 500 })))).toBeNull();
  });

  it('of a page that slept for an hour speaks for a minute at most', () => {
    const sample = sampleBetween(read(chromium()), read(chromium({ at: 3_600_000, received: 500 })));
    expect(soundSampleSchema.parse(sample).overMs).toBe(60_000);
  });
});

describe('the reporter', () => {
  it('shows and sends a sample every five seconds, and shows none after the call', async () => {
    const timers = new FakeTimers();
    const sent: number[] = [];
    let at = 0;
    const reporter = new SoundReporter({
      stats: async () => chromium({ at, received: at / 20 }),
      send: async ({ overMs }) => {
        sent.push(overMs);
        if (sent.length === 1) throw new Error('the socket is away');
      },
      after: timers.after,
    });
    const settle = () => new Promise<void>((done) => setImmediate(done));
    const complaints: unknown[] = [];
    const { warn } = console;
    console.warn = (...args) => complaints.push(args);
    try {
      reporter.start();
      for (let step = 1; step <= 3; step++) {
        await settle();
        at = step * 5_000;
        timers.pass(5_000);
      }
      await settle();
    } finally {
      console.warn = warn;
    }
    expect(sent).toEqual([5_000, 5_000, 5_000]);
    expect(complaints).toHaveLength(1);
    expect(soundNow.getState().sample).toMatchObject({ codec: 'opus' });
    reporter.stop();
    timers.pass(5_000);
    await settle();
    expect(sent).toHaveLength(3);
    expect(soundNow.getState().sample).toBeNull();
  });
});

it('words and bars follow the score', () => {
  const grades = [4.4, 4.02, 3.7, 3.2, 3.09, 1].map((mos) => gradeOf(mos));
  expect(grades.map(({ grade }) => grade)).toEqual(['good', 'good', 'fair', 'poor', 'bad', 'bad']);
  expect(grades.map(({ bars }) => bars)).toEqual([4, 4, 3, 2, 1, 1]);
  expect([mosText(4.38), percentText(0.1234)]).toEqual(['4.4', '12.3%']);
});
