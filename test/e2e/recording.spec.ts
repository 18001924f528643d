import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { People } from '../../src/identity/people.js';
import { eventually } from '../support/eventually.js';
import { openToOthers } from '../support/open-to-others.js';
import { type DecodedStereo, decodeOggOpus } from '../support/opus-decoding.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { loudness, toneStrength } from '../support/phones/tone-detector.js';
import { useServices } from '../support/services.js';
import { House } from './house.js';
import { agentHz, colleagueHz, heard, leadHz, music, outsideHz } from './voices.js';

describe('recording', () => {
  jest.setTimeout(90_000);

  /** The customer speaks a tone code: another of these every half second, in this order, again and again. */
  const codeHz = Array.from({ length: 12 }, (_, index) => 350 + index * 90);
  const stepMs = 500;
  const windowMs = 50;

  function toneCode(seconds: number): Int16Array {
    let phase = 0;
    return Int16Array.from({ length: seconds * 8_000 }, (_, index) => {
      const frequency = codeHz[Math.floor(index / (8 * stepMs)) % codeHz.length] ?? 0;
      phase += (2 * Math.PI * frequency) / 8_000;
      return Math.round(9_000 * Math.sin(phase));
    });
  }

  const windows = (channel: Int16Array): Int16Array[] =>
    Array.from({ length: Math.floor(channel.length / (48 * windowMs)) }, (_, index) =>
      channel.subarray(index * 48 * windowMs, (index + 1) * 48 * windowMs),
    );

  /** The code's steps as they follow one another, each with its length; silence and blurred windows are -1. */
  function decoded({ left }: DecodedStereo): { step: number; ms: number }[] {
    const steps = windows(left).map((window) => {
      const strengths = codeHz.map((frequency) => toneStrength(window, frequency, 48_000));
      const best = strengths.indexOf(Math.max(...strengths));
      return (strengths[best] ?? 0) > loudness(window) ? best : -1;
    });
    const runs: { step: number; ms: number }[] = [];
    for (const step of steps) {
      const last = runs.at(-1);
      if (last?.step === step) last.ms += windowMs;
      else runs.push({ step, ms: windowMs });
    }
    return runs;
  }

  /** Time goes by on the customer's own audio clock: a packet every 20 ms. */
  async function lasts(customer: SipCall, ms = 2_000): Promise<void> {
    const until = customer.rtp.packetsOut + ms / 20;
    await eventually(() => customer.rtp.packetsOut >= until, { withinMs: ms + 5_000 });
  }

  /** How much the customer's phone has sent, in ms of sound. */
  const spokenBy = (customer: SipCall): number => (customer.rtp.packetsOut / 50) * 1_000;

  /** The one recording of the customer's call, as a listener gets it. */
  async function recordedFrom(number: string): Promise<DecodedStereo> {
    const record = await house.recordWith(number, 'answered');
    const [recording] = await eventually(
      async () => {
        const { recordings } = await house.record(number);
        return recordings[0]?.state === 'stored' ? recordings : undefined;
      },
      { withinMs: 20_000, what: 'the recording is stored' },
    );
    expect(record.recordings).toHaveLength(1);
    return decodeOggOpus(await house.audio(recording?.id ?? ''));
  }

  /** The customer's tone code is on it from the first step to the last, none missing and none twice. */
  function isWhole(audio: DecodedStereo, spokenMs: number): void {
    // Both ends may lack what was said before the recording began and after the last packet.
    expect(Math.abs(audio.durationMs - spokenMs)).toBeLessThan(1_000);
    const said = decoded(audio);
    const steps = said.filter(({ step, ms }) => step >= 0 && ms > windowMs);
    expect(steps.length).toBeGreaterThan(spokenMs / stepMs - 4);
    const wrong = steps.filter(({ step }, index) => {
      const before = steps[index - 1];
      return before && step !== before.step && step !== (before.step + 1) % codeHz.length;
    });
    expect(wrong).toEqual([]);
    // Where the line moves from one bridge to another a packet or two may come late; never a second, nor half of one. (One
    // window is no gap: that is what a window looks like in which one step ends and the next begins.)
    const gaps = said.slice(1, -1).filter(({ step, ms }) => step < 0 && ms > windowMs);
    expect(Math.max(0, ...gaps.map(({ ms }) => ms))).toBeLessThan(stepMs / 2);
    expect(gaps.reduce((sum, { ms }) => sum + ms, 0)).toBeLessThan(audio.durationMs / 20);
  }

  let house: House;
  beforeAll(async () => {
    house = await House.open();
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  it('follows the customer through hold, consult, transfer and conference, with no missing second', async () => {
    const first = await house.agent('801');
    const customer = await house.customer('13800004001');
    customer.rtp.speak(toneCode(80));
    const desk = await first.answers(agentHz);
    await lasts(customer);
    // While it is being recorded nobody else on the machine may listen.
    expect(openToOthers(useServices().SANLING_HOME)).toEqual([]);
    await first.holds();
    await music(customer);
    await lasts(customer);
    await first.resumes();
    await heard('back from the hold', [customer, agentHz]);
    await lasts(customer);
    const second = await house.agent('802');
    const target = await house.api.get(People).byLogin('802');
    await first.transfersTo({ kind: 'agent', agentId: target?.id ?? '' });
    await music(customer);
    await lasts(customer);
    const consult = await second.answersConsult(colleagueHz);
    await heard('the two agents talk', [desk, colleagueHz], [consult, agentHz]);
    await first.does('complete-transfer');
    await heard('the customer is with the colleague', [customer, colleagueHz]);
    await lasts(customer);
    await first.wrapsUp();
    await second.invites({ kind: 'agent', agentId: (await house.api.get(People).byLogin('801'))?.id ?? '' });
    await first.answers(agentHz);
    await heard('all three talk', [customer, agentHz, colleagueHz]);
    await lasts(customer);
    await second.does('leave-conference');
    await heard('and two again', [customer, agentHz]);
    await lasts(customer);
    const spokenMs = spokenBy(customer);
    customer.hangUp();
    await second.wrapsUp();
    await first.wrapsUp();
    const audio = await recordedFrom('13800004001');
    isWhole(audio, spokenMs);
    // What the customer heard, by the letter: a and b the agents, c both, m something else, one letter a window.
    const heardBy = windows(audio.right).map((window) => {
      const [a, b] = [agentHz, colleagueHz].map(
        (frequency) => toneStrength(window, frequency, 48_000) > 0.03,
      );
      if (a || b) return a && b ? 'c' : a ? 'a' : 'b';
      return 'm';
    });
    expect(heardBy.join('')).toMatch(/^m*a{5,}.*m{3,}.*a{5,}.*m{8,}.*b{5,}.*c{3,}.*a{3,}.*$/);
  });

  it('follows the customer to the lead who takes over, and to the outside party they are handed to', async () => {
    const number = '13800004002';
    const agent = await house.agent('801');
    const lead = await house.lead();
    const customer = await house.customer(number);
    customer.rtp.speak(toneCode(60));
    await agent.answers(agentHz);
    await lasts(customer);
    const callId = agent.desk?.callId ?? '';
    await lead.helps(callId, 'whisper', leadHz);
    await lasts(customer);
    await lead.socket.done('take-over-call', { callId });
    await heard('the customer talks with the lead', [customer, leadHz]);
    await agent.wrapsUp();
    await lasts(customer);
    const department = house.outside('8101', 'rings');
    await lead.transfersTo({ kind: 'number', number: '8101' });
    const party = await department.call();
    await music(customer);
    await lasts(customer, 500);
    party.answer();
    party.rtp.tone(outsideHz);
    await lead.transferIs('talking');
    await lead.does('complete-transfer');
    await heard('the customer talks with the department', [customer, outsideHz]);
    await lead.wrapsUp();
    await lasts(customer);
    const spokenMs = spokenBy(customer);
    party.hangUp();
    await eventually(() => customer.state === 'ended', { what: 'the call ends with the last who talked' });
    const audio = await recordedFrom(number);
    isWhole(audio, spokenMs);
    const strongest = windows(audio.right).map((window) => {
      const [a, l, o] = [agentHz, leadHz, outsideHz].map(
        (frequency) => toneStrength(window, frequency, 48_000) > 0.03,
      );
      return a ? 'a' : l ? 'l' : o ? 'o' : 'm';
    });
    // The whisper was for the agent alone; after it the lead, music during the consult, and the department to the end.
    expect(strongest.join('')).toMatch(/^m*a{20,}[alm]*l{20,}[lm]*m{3,}[lm]*o{20,}.*$/);
  });
});
