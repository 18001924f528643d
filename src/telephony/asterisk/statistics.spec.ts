import { describe, expect, it } from '@jest/globals';
import { inOurWords } from './statistics.js';

const counted = {
  rxcount: 90,
  txcount: 100,
  rxploss: 10,
  txploss: 5,
  rxjitter: 0.002,
  txjitter: 0.004,
  rtt: 0.05,
};

describe('how audio fares', () => {
  it('is told as shares and milliseconds', () => {
    expect(inOurWords(counted)).toEqual({
      packetsIn: 90,
      packetsOut: 100,
      lossShareIn: 0.1,
      lossShareOut: 0.05,
      jitterInMs: 4,
      jitterOutMs: 2,
      roundTripMs: 50,
    });
  });

  it('leaves out what the phone does not report', () => {
    const silent = inOurWords({ ...counted, txploss: 0, rxjitter: 0, rtt: 0 });
    expect(silent).not.toHaveProperty('roundTripMs');
    expect(silent).toMatchObject({ lossShareOut: 0, jitterOutMs: 0 });
  });

  it('never tells a share that is none', () => {
    expect(inOurWords({ ...counted, rxcount: 0, rxploss: 0 }).lossShareIn).toBe(0);
    expect(inOurWords({ ...counted, rxploss: -3 }).lossShareIn).toBe(0);
  });
});
