import { eventually } from '../support/eventually.js';
import { hearsTone, hearsTones, loudness, toneStrength } from '../support/phones/tone-detector.js';

/** Everybody in these scenarios speaks a tone of their own, so that what a phone hears tells who is heard. */
export const customerHz = 440;
export const agentHz = 1_000;
export const colleagueHz = 1_300;
export const leadHz = 1_700;
export const outsideHz = 2_300;
const voices = [customerHz, agentHz, colleagueHz, leadHz, outsideHz];

const listenMs = 200;

/** Whoever listens: a call of the scripted phone, or a phone that is a program of its own. */
export interface Ear {
  lastHeard(ms: number): Int16Array;
}

/** The phone hears these voices and none of the others now. */
export function hearsJust(ear: Ear, ...frequencies: number[]): boolean {
  const others = voices.filter((voice) => !frequencies.includes(voice));
  return hearsTones(ear.lastHeard(listenMs), frequencies, others);
}

/** Music, and nobody's voice. Line noise of A-law silence is about 0.0002. */
export function hearsMusic(ear: Ear): boolean {
  const heard = ear.lastHeard(listenMs);
  return loudness(heard) > 0.0004 && voices.every((voice) => !hearsTone(heard, voice));
}

/** This voice was heard at some moment of all that came out of a phone. */
export function everHeard(all: Int16Array, frequency: number): boolean {
  const window = listenMs * 8;
  const count = Math.floor(all.length / window);
  return Array.from({ length: count }, (_, index) => all.subarray(index * window, (index + 1) * window)).some(
    (heard) => hearsTones(heard, [frequency], []),
  );
}

/** Waits until everybody hears just what the test says. */
export async function heard(what: string, ...expected: [Ear, ...number[]][]): Promise<void> {
  const asExpected = () => {
    const right = expected.map(([ear, ...frequencies]) => hearsJust(ear, ...frequencies));
    if (right.every(Boolean)) return true;
    throw new Error(`these ears heard: ${expected.map(([ear]) => whatIsHeard(ear)).join(' | ')}`);
  };
  await eventually(asExpected, { withinMs: 8_000, what });
}

/** The voices in an ear now and how loud they are, for the message of a test that failed. */
function whatIsHeard(ear: Ear): string {
  const now = ear.lastHeard(listenMs);
  const strengths = voices.map((voice) => [voice, toneStrength(now, voice)] as const);
  const there = strengths.filter(([, strength]) => strength >= 0.01);
  return `${there.map(([voice, strength]) => `${voice} Hz ${strength.toFixed(3)}`).join(' + ') || 'nobody'}, ${loudness(now).toFixed(4)} in all`;
}

export async function music(ear: Ear): Promise<void> {
  await eventually(() => hearsMusic(ear), { withinMs: 8_000, what: 'the customer hears music' });
}
