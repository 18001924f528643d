import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import type { TelephonyEngine } from '../../src/telephony/port/engine.js';
import { eventually } from '../support/eventually.js';
import { hearsTone, loudness } from '../support/phones/tone-detector.js';
import { parseWav } from '../support/phones/wav.js';
import type { EngineRig } from './rig.js';
import { agentHz, customerHz, Story } from './story.js';

/** The lines of the contract about recordings. */
export function recordingContract(rigOf: () => EngineRig): void {
  it('records both directions through waiting and talking, in step', async () => {
    const rig = rigOf();
    const story = new Story(rig);
    const customer = await story.opened();
    const recordingId = randomUUID();
    await story.engine.startRecording(customer.legId, recordingId);
    const started = await story.of(customer.legId, 'recording.started');
    await rig.pass(customer.party, 400);
    await story.engine.wait(customer.legId);
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    await rig.pass(customer.party, 400);
    const desk = await story.desk();
    const agent = await story.rings(desk, customer.legId);
    desk.phone.answers();
    await story.of(agent.legId, 'leg.answered');
    agent.party.speaks(agentHz);
    const roomId = randomUUID();
    await story.engine.connect(roomId, [customer.legId, agent.legId]);
    await eventually(() => customer.party.hears(agentHz));
    await rig.pass(customer.party, 600);
    await story.engine.wait(customer.legId);
    await eventually(() => customer.party.hearsMusic(), { withinMs: 15_000 });
    await rig.pass(customer.party, 400);
    await story.engine.connect(roomId, [customer.legId]);
    await eventually(() => customer.party.hears(agentHz));
    await rig.pass(customer.party, 600);
    customer.party.hangsUp();
    const ended = await story.of(customer.legId, 'leg.ended');
    await story.of(customer.legId, 'recording.finished');
    await story.ends(agent.legId);

    const files = await readFiles(story.engine, recordingId);
    expect(files.customer.length).toBe(files.agent.length);
    const lengthMs = (files.customer.length / files.sampleRate) * 1000;
    expect(Math.abs(lengthMs - (ended.at - started.at))).toBeLessThan(400);
    // c: the customer's tone, a: the agent's, m: something else, .: silence; one letter is 100 ms.
    // The customer speaks all the time; a move between bridges, or a late packet of the phone, blurs a few letters.
    const said = sketch(files.customer, files.sampleRate);
    expect(said).toMatch(/^([.m]{0,4}c+)+[.m]{0,4}$/);
    expect(said.replaceAll('c', '').length).toBeLessThan(said.length / 4);
    expect(sketch(files.agent, files.sampleRate)).toMatch(
      /^\.+[.m]*m[.m]*a{3,}([.m]?a+)*[.m]*m[.m]{2,}a{3,}([.m]?a+)*[.m]*$/,
    );
    await story.engine.deleteRecording(recordingId);
    await story.engine.deleteRecording(recordingId);
    await expect(story.engine.fetchRecording(recordingId)).rejects.toThrow(recordingId);
  });

  it('stops a recording while the call goes on, and makes another', async () => {
    const rig = rigOf();
    const story = new Story(rig);
    const customer = await story.opened();
    const [first, second] = [randomUUID(), randomUUID()];
    await story.engine.startRecording(customer.legId, first);
    await rig.pass(customer.party, 500);
    await story.engine.stopRecording(customer.legId, first);
    expect(await story.of(customer.legId, 'recording.finished')).toMatchObject({ recordingId: first });
    await story.engine.startRecording(customer.legId, second);
    await story.engine.stopRecording(customer.legId, first);
    await rig.pass(customer.party, 500);
    await story.ends(customer.legId);
    expect(await story.of(customer.legId, 'recording.finished', 2)).toMatchObject({ recordingId: second });
    for (const recordingId of [first, second]) {
      const { customer: said, sampleRate } = await readFiles(story.engine, recordingId);
      expect(said.length).toBeGreaterThan(sampleRate * 0.2);
      await story.engine.deleteRecording(recordingId);
    }
  });

  it('tells of a recording that finished while the link was down', async () => {
    const rig = rigOf();
    const story = new Story(rig);
    const customer = await story.opened();
    const recordingId = randomUUID();
    await story.engine.startRecording(customer.legId, recordingId);
    await rig.pass(customer.party, 300);
    await rig.restart(async () => {
      customer.party.hangsUp();
      await eventually(() => customer.party.state() === 'ended');
    });
    expect(await story.of(customer.legId, 'recording.finished')).toMatchObject({ recordingId });
    await story.engine.deleteRecording(recordingId);
  });
}

async function readFiles(engine: TelephonyEngine, recordingId: string) {
  const files = await engine.fetchRecording(recordingId);
  const [customer, agent] = (await Promise.all([buffer(files.customer), buffer(files.agent)])).map(parseWav);
  if (!customer || !agent) throw new Error('a file is missing');
  expect(agent.sampleRate).toBe(customer.sampleRate);
  const [said, heard] = [customer.channels[0], agent.channels[0]];
  if (!said || !heard) throw new Error('a file has no channel');
  return { customer: said, agent: heard, sampleRate: customer.sampleRate };
}

function sketch(samples: Int16Array, sampleRate: number): string {
  const step = sampleRate / 10;
  let line = '';
  for (let at = 0; at + step <= samples.length; at += step) {
    const part = samples.subarray(at, at + step);
    if (hearsTone(part, customerHz, sampleRate)) line += 'c';
    else if (hearsTone(part, agentHz, sampleRate)) line += 'a';
    else line += loudness(part) > 0.0004 ? 'm' : '.';
  }
  return line;
}
