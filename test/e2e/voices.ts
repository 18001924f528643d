import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { hearsTone, hearsTones, loudness } from '../support/phones/tone-detector.js';

/** Everybody in these scenarios speaks a tone of their own, so that what a phone hears tells who is heard. */
export const customerHz = 440;
export const agentHz = 1_000;
export const colleagueHz = 1_300;
export const leadHz = 1_700;
export const outsideHz = 2_300;
const voices = [customerHz, agentHz, colleagueHz, leadHz, outsideHz];

const listenMs = 200;

/** The phone hears these voices and none of the others now. */
export function hearsJust(call: SipCall, ...frequencies: number[]): boolean {
  const others = voices.filter((voice) => !frequencies.includes(voice));
  return hearsTones(call.rtp.lastHeard(listenMs), frequencies, others);
}

/** Music, and nobody's voice. Line noise of A-law silence is about 0.0002. */
export function hearsMusic(call: SipCall): boolean {
  const heard = call.rtp.lastHeard(listenMs);
  return loudness(heard) > 0.0004 && voices.every((voice) => !hearsTone(heard, voice));
}

/** Waits until everybody hears just what the test says. */
export async function heard(what: string, ...expected: [SipCall, ...number[]][]): Promise<void> {
  await eventually(() => expected.every(([call, ...frequencies]) => hearsJust(call, ...frequencies)), {
    withinMs: 8_000,
    what,
  });
}

export async function music(call: SipCall): Promise<void> {
  await eventually(() => hearsMusic(call), { withinMs: 8_000, what: 'the customer hears music' });
}
