import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CallDetail } from '../../src/contracts/call.js';
import type { FlowDocument, FlowStepOf, PromptRef } from '../../src/contracts/flow.js';
import type { PromptSummary } from '../../src/contracts/prompt.js';
import { QueuesService } from '../../src/routing/queues.service.js';
import { announce, end, flowOf, hours, menu, queue } from '../builders/flow.js';
import { toneSamples, wavFile } from '../builders/tone-wav.js';
import { eventually } from '../support/eventually.js';
import type { SipCall } from '../support/phones/sip-call.js';
import { hearsTone } from '../support/phones/tone-detector.js';
import { House, kinds } from './house.js';
import { agentHz, customerHz, heard, music } from './voices.js';

jest.setTimeout(60_000);

/** Each prompt is a tone of its own, so that what the caller hears tells which one is played. */
const tones = { welcome: 600, menu: 850, wrongKey: 1_150, goodbye: 1_550 } as const;
type Prompt = keyof typeof tones;
const promptMs = 700;

describe('a caller before the queue, over the real exchange', () => {
  let house: House;
  let supervisor: string;
  let queueId: string;
  let version = 0;
  const refs = new Map<Prompt, PromptRef>();
  const ref = (prompt: Prompt): PromptRef => {
    const found = refs.get(prompt);
    if (!found) throw new Error(`no prompt ${prompt}`);
    return found;
  };

  beforeAll(async () => {
    house = await House.open();
    supervisor = await house.api.signIn('supervisor');
    queueId = (await house.api.get(QueuesService).byNumber('8000'))?.id ?? '';
    for (const prompt of Object.keys(tones) as Prompt[])
      refs.set(prompt, await upload(house, supervisor, prompt));
  }, 60_000);
  afterEach(() => house.clear());
  afterAll(() => house.close());

  const publish = async (document: FlowDocument) => {
    const body = { basedOn: version, why: 'test', document };
    const answer = await house.api.post('/api/flows/8000', { cookie: supervisor, body });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    version += 1;
  };
  const usual = (more: Partial<FlowStepOf<'menu'>> = {}, of: Partial<FlowDocument> = {}) =>
    flowOf(
      [
        menu({
          prompts: [ref('menu')],
          choices: [
            { digit: '2', label: '会议咨询', next: 'queue' },
            { digit: '9', label: '重听', next: 'menu' },
          ],
          waitMs: 1_000,
          tries: 2,
          ...more,
        }),
        queue('queue', queueId),
      ],
      { opening: [ref('welcome')], wrongKey: ref('wrongKey'), maxRounds: 2, ...of },
    );
  const hears = (call: SipCall, prompt: Prompt) =>
    eventually(() => hearsTone(call.rtp.lastHeard(200), tones[prompt]), {
      withinMs: 8_000,
      everyMs: 20,
      what: `the caller hears ${prompt}`,
    });
  const leftBy = async (from: string, why: string) =>
    eventually(
      async () => {
        const record = await house.record(from);
        const left = record.timeline.find(({ kind }) => kind === 'menu.left');
        if (!left || !('why' in left.data)) throw new Error(kinds(record).join(' '));
        expect(left.data.why).toBe(why);
        return record;
      },
      { withinMs: 15_000, what: `${from} leaves the menu: ${why}` },
    );

  it('hears the welcome, chooses, and the agent sees what was chosen', async () => {
    await publish(usual());
    const agent = await house.agent('801');
    const customer = await house.customer('13800006001');
    await hears(customer, 'welcome');
    await hears(customer, 'menu');
    customer.sendDigits('2');
    await agent.rings();
    expect(agent.desk?.menuChoices).toEqual([{ stepName: '业务选择', digit: '2', label: '会议咨询' }]);
    await agent.answers();
    customer.rtp.tone(customerHz);
    const desk = agent.phone.call;
    if (!desk) throw new Error('the agent has no call');
    desk.rtp.tone(agentHz);
    await heard('they talk', [customer, agentHz], [desk, customerHz]);
    customer.hangUp();
    await agent.wrapsUp();
    const record = await house.recordWith('13800006001', 'answered');
    expect(kinds(record).slice(0, 14)).toEqual(
      expect.arrayContaining(['menu.entered', 'menu.digit', 'menu.left', 'queue.entered', 'waiting.started']),
    );
    expect(record.timeline.find(({ kind }) => kind === 'call.arrived')?.data).toMatchObject({
      flow: { version },
    });
  });

  it('cuts the menu short by a key', async () => {
    await publish(usual({ prompts: [ref('menu'), ref('menu'), ref('menu'), ref('menu'), ref('menu')] }));
    const customer = await house.customer('13800006002');
    await hears(customer, 'menu');
    customer.sendDigits('2');
    const record = await leftBy('13800006002', 'chosen');
    expect(record.timeline.filter(({ kind }) => kind === 'prompt.started').length).toBeLessThan(6);
    await music(customer);
  });

  it('hears that a key is wrong, then the menu again, then is led on', async () => {
    await publish(usual());
    const customer = await house.customer('13800006003');
    await hears(customer, 'menu');
    customer.sendDigits('5');
    await hears(customer, 'wrongKey');
    await hears(customer, 'menu');
    customer.sendDigits('5');
    await leftBy('13800006003', 'exhausted');
    await music(customer);
  });

  it('is asked again after a silence in which there is music, then is led on', async () => {
    await publish(usual());
    const customer = await house.customer('13800006004');
    await hears(customer, 'menu');
    await music(customer);
    const record = await leftBy('13800006004', 'exhausted');
    expect(record.timeline.filter(({ kind }) => kind === 'menu.timed-out')).toHaveLength(2);
  });

  it('goes round only so often', async () => {
    await publish(usual());
    const customer = await house.customer('13800006005');
    await hears(customer, 'menu');
    customer.sendDigits('9');
    await eventually(async () => rounds(await house.record('13800006005')) === 2, { withinMs: 5_000 });
    customer.sendDigits('9');
    await leftBy('13800006005', 'looped');
  });

  it('outside the hours hears a goodbye and is hung up on: closed', async () => {
    await publish(
      flowOf(
        [
          hours({ weekly: [], open: 'queue', closed: 'bye' }),
          announce('bye', 'end', { prompts: [ref('welcome')] }),
          queue('queue', queueId),
          end([ref('goodbye')]),
        ],
        { wrongKey: null },
      ),
    );
    const customer = await house.customer('13800006006');
    await hears(customer, 'goodbye');
    await eventually(() => customer.state === 'ended', { withinMs: 8_000, what: 'the house hangs up' });
    expect(customer.endedBy).toBe('peer');
    const record = await house.recordWith('13800006006', 'closed');
    expect(record.endedBy).toBe('system');
  });

  it('may hang up inside, at any moment', async () => {
    await publish(usual());
    const early = await house.customer('13800006007');
    await hears(early, 'welcome');
    early.hangUp();
    const late = await house.customer('13800006008');
    await hears(late, 'menu');
    late.hangUp();
    await house.recordWith('13800006007', 'abandoned');
    await house.recordWith('13800006008', 'abandoned');
  });

  it('may press hundreds of keys: few are written down, and the caller waits in the queue', async () => {
    await publish(usual({ tries: 5 }));
    const customer = await house.customer('13800006009');
    await hears(customer, 'welcome');
    customer.sendDigits('7'.repeat(150));
    const record = await leftBy('13800006009', 'exhausted');
    expect(record.timeline.length).toBeLessThan(150);
    await music(customer);
  });

  it('is recorded once the opening has been heard, where the flow says so', async () => {
    await publish(usual({}, { recording: 'after-opening' }));
    const customer = await house.customer('13800006010');
    await hears(customer, 'menu');
    await eventually(
      async () => {
        const order = kinds(await house.record('13800006010'));
        return order.indexOf('recording.started') > order.indexOf('recording.due');
      },
      { withinMs: 5_000, what: 'recording began after the opening' },
    );
    customer.hangUp();
  });

  it('goes on with the call by the version it arrived under, and plays the built-in sounds', async () => {
    await publish(usual({}, { opening: [{ kind: 'built-in', sound: 'sanling/invalid-choice' }] }));
    const customer = await house.customer('13800006011');
    await eventually(async () => kinds(await house.record('13800006011')).includes('prompt.started'));
    await publish(usual({ choices: [{ digit: '3', label: '别的', next: 'queue' }] }));
    await hears(customer, 'menu');
    customer.sendDigits('2');
    const record = await leftBy('13800006011', 'chosen');
    const [started, finished] = ['prompt.started', 'prompt.finished'].map((kind) =>
      Date.parse(record.timeline.find((event) => event.kind === kind)?.at ?? ''),
    );
    expect((finished ?? 0) - (started ?? 0)).toBeGreaterThan(2_000);
  });
});

const rounds = (record: CallDetail) =>
  record.timeline.filter(({ kind }) => kind === 'menu.entered').length - 1;

/** Uploaded as the supervisor's page sends it; the house converts it and brings it to the exchange. */
async function upload(house: House, cookie: string, prompt: Prompt): Promise<PromptRef> {
  const form = new FormData();
  const fields = { name: `${prompt} ${randomUUID().slice(0, 8)}`, zh: prompt, en: prompt };
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  const tone = wavFile(toneSamples([{ ms: promptMs, hertz: tones[prompt] }]));
  form.append('audio', new Blob([new Uint8Array(tone)]), `${prompt}.wav`);
  const response = await fetch(`${house.api.url}/api/prompts`, {
    method: 'POST',
    body: form,
    headers: { cookie },
  });
  if (response.status !== 201) throw new Error(await response.text());
  const { id } = (await response.json()) as PromptSummary;
  return { kind: 'uploaded', promptId: id };
}
