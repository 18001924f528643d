import { expect, it } from '@jest/globals';
import { backOffMs } from './back-off';
import { preferCodecs } from './codec-order';

const offer = [
  'v=0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 0 8 63 111 101',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:63 red/48000/2',
  'a=rtpmap:111 opus/48000/2',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n');

it('puts Opus, A-law, µ-law in front and takes nothing away', () => {
  expect(preferCodecs(offer)).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 111 8 0 63 101\r\n');
  expect(preferCodecs(offer).length).toBe(offer.length);
});

it('leaves a description without audio alone', () => {
  expect(preferCodecs('v=0\r\ns=-\r\n')).toBe('v=0\r\ns=-\r\n');
});

it('waits longer each time, within bounds, and not all at once', () => {
  expect([0, 1, 2, 3].map((attempt) => backOffMs(attempt, () => 0.5))).toEqual([500, 1_000, 2_000, 3_000]);
  expect(backOffMs(20, () => 0.5)).toBe(3_000);
  expect(backOffMs(3, () => 0)).toBeLessThan(backOffMs(3, () => 1));
});
