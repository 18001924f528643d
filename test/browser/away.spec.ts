import type { Page } from '@playwright/test';
import type { FactKind } from '../../src/contracts/timeline.js';
import { AgentDesk } from './agent-desk.js';
import { audible, expectVoices, listen } from './hearing.js';
import { Relay } from './relay.js';
import { expect, type Stage, test } from './stage.js';
import type { WebPhone } from './web-phone.js';

/** A talk stands still for 5 s at most when the fault is over. */
const soonMs = 5_000;

const kindsOf = async (stage: Stage) => (await stage.lastCall()).timeline.map(({ kind }) => kind);

async function untilTold(stage: Stage, kind: FactKind, timeout = 20_000): Promise<void> {
  await expect.poll(() => kindsOf(stage), { timeout, intervals: [100] }).toContain(kind);
}

/** How long after `from` the fact happened. */
async function sinceUntil(stage: Stage, kind: FactKind, from: number): Promise<number> {
  const fact = (await stage.lastCall()).timeline.find((one) => one.kind === kind);
  return Date.parse(fact?.at ?? '') - from;
}

async function talk(stage: Stage, agent: AgentDesk): Promise<WebPhone> {
  await agent.ready();
  const customer = await stage.customer();
  await customer.calls();
  await agent.answers();
  await expectVoices(customer.page, 'agent');
  return customer;
}

/** Until the customer hears the agent, looked at all the time. */
async function untilHeard(page: Page): Promise<number> {
  for (;;) {
    const from = Date.now();
    if ((await listen(page, 200)).agent > audible) return from;
  }
}

/** The secret by which the media addresses in use are known: a new one after an ICE restart. */
const iceOf = (page: Page) =>
  page.evaluate(() => {
    const connections = (window as unknown as { connections: RTCPeerConnection[] }).connections;
    return /a=ice-ufrag:(\S+)/.exec(connections.at(-1)?.localDescription?.sdp ?? '')?.[1];
  });

/** Keeps the page's connections in sight. */
const keepConnections = () => {
  const kept: RTCPeerConnection[] = [];
  Object.assign(window, { connections: kept });
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
};

test('the page is reloaded while talking: the customer waits for a moment, and the two talk again', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  const customer = await talk(stage, agent);
  const from = Date.now();
  await agent.page.reload();
  await untilTold(stage, 'agent.back');
  const back = await sinceUntil(stage, 'agent.back', from);
  console.log(
    `reload to talking again: ${back} ms, heard after ${(await untilHeard(customer.page)) - from} ms`,
  );
  expect(back).toBeLessThan(soonMs);
  await expectVoices(customer.page, 'agent');
  await expectVoices(agent.page, 'customer');
  await customer.hangsUp();
  await agent.wrapsUp();
  const record = await stage.lastCall();
  expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['801']);
  expect(record.timeline.map(({ kind }) => kind)).not.toContain('agent.lost');
});

test('the page crashes while talking: the customer hears music, and the agent comes back on a new page', async ({
  stage,
}) => {
  const agent = await stage.agent('802');
  const customer = await talk(stage, agent);
  const { page } = agent;
  const crash = await page.context().newCDPSession(page);
  const from = Date.now();
  // The page never answers: it is gone.
  crash.send('Page.crash').catch(() => undefined);
  await untilTold(stage, 'agent.away');
  console.log(`crash to music: ${await sinceUntil(stage, 'agent.away', from)} ms`);
  await expect(async () => {
    expect((await listen(customer.page)).rest, 'the customer hears music').toBeGreaterThan(audible);
  }).toPass({ timeout: 10_000 });
  const opened = Date.now();
  const again = await page.context().newPage();
  await again.goto(`${stage.product.url}/desk`);
  await untilTold(stage, 'agent.back');
  console.log(`new page to talking again: ${await sinceUntil(stage, 'agent.back', opened)} ms`);
  await expectVoices(again, 'customer');
  await customer.hangsUp();
  await new AgentDesk(again, agent.number).wrapsUp();
});

test('only the signalling is lost: nobody notices, and the talk gets new addresses in the same dialog', async ({
  stage,
}) => {
  const relay = await Relay.to(stage.product.url);
  try {
    const agent = await stage.agentAt(relay.url, '803');
    await agent.page.addInitScript(keepConnections);
    await agent.page.reload();
    const customer = await talk(stage, agent);
    const before = await iceOf(agent.page);
    relay.cut();
    // Longer than a phone is waited for that has no sound either.
    await expect.poll(() => stage.deviceReady('803')).toBe(false);
    await expect(agent.page.getByTestId('connection-lost')).toBeVisible();
    for (let second = 0; second < 7; second += 1) {
      expect((await listen(customer.page)).agent, 'the agent is heard all the time').toBeGreaterThan(audible);
    }
    const from = Date.now();
    relay.restore();
    await expect.poll(() => iceOf(agent.page), { intervals: [50] }).not.toBe(before);
    const renewed = Date.now() - from;
    await untilHeard(customer.page);
    console.log(`network back to new addresses: ${renewed} ms, heard after ${Date.now() - from} ms`);
    expect(renewed).toBeLessThan(soonMs);
    await expectVoices(agent.page, 'customer');
    await customer.hangsUp();
    await agent.wrapsUp();
    expect((await kindsOf(stage)).filter((kind) => kind.startsWith('agent.'))).toEqual([]);
  } finally {
    await relay.close();
  }
});

test('another tab takes over during a call: the call moves there without a break', async ({ stage }) => {
  const agent = await stage.agent('804');
  const customer = await talk(stage, agent);
  const second = await agent.page.context().newPage();
  await second.goto(`${stage.product.url}/desk`);
  await expect(second.getByTestId('led-elsewhere')).toBeVisible();
  await second.getByTestId('take-over').click();
  await untilTold(stage, 'agent.moved');
  await expect(agent.page.getByTestId('led-elsewhere')).toBeVisible();
  await expectVoices(second, 'customer');
  await expectVoices(customer.page, 'agent');
  await agent.page.close();
  await expectVoices(second, 'customer');
  await customer.hangsUp();
  await new AgentDesk(second, agent.number).wrapsUp();
  const told = await kindsOf(stage);
  expect(told).not.toContain('agent.away');
  expect(told).not.toContain('agent.lost');
});

test('a tab that is frozen in the background is offered no call', async ({ stage }) => {
  const frozen = await stage.agent('805');
  await frozen.ready();
  const other = await stage.agent('806');
  await other.ready();
  const session = await frozen.page.context().newCDPSession(frozen.page);
  // What a frozen page is to everybody else: its scripts stand still while its sockets stay open. (Asked to freeze a page
  // that is in view, the browser leaves it running.)
  await session.send('Debugger.enable');
  await session.send('Debugger.pause');
  await expect.poll(() => stage.deviceReady('805'), { timeout: 30_000 }).toBe(false);
  const customer = await stage.customer();
  await customer.calls();
  await other.answers();
  await customer.hangsUp();
  await other.wrapsUp();
  const offered = (await stage.lastCall()).timeline.filter(({ kind }) => kind === 'ring.offered');
  expect(offered).toHaveLength(1);
  await session.send('Debugger.resume');
  await session.send('Debugger.disable');
  await frozen.ready();
});

test('the microphone is unplugged: both sides are told, and another one is taken up without a reload', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  await agent.page.addInitScript(holdMicrophones);
  await agent.page.reload();
  const customer = await talk(stage, agent);
  const pull = (more: boolean) =>
    agent.page.evaluate((others) => (window as unknown as Sockets).pullMicrophone(others), more);
  await pull(true);
  await expectVoices(customer.page, 'agent');
  expect(await kindsOf(stage)).not.toContain('microphone.lost');
  await pull(false);
  await expect(agent.page.getByTestId('microphone-lost')).toBeVisible();
  await untilTold(stage, 'microphone.lost');
  await expect(async () => {
    expect((await listen(customer.page)).agent, 'the customer does not hear the agent').toBeLessThan(audible);
  }).toPass({ timeout: 10_000 });
  await agent.page.evaluate(() => (window as unknown as Sockets).plugMicrophone());
  await expect(agent.page.getByTestId('microphone-lost')).toBeHidden();
  await expectVoices(customer.page, 'agent');
  await customer.hangsUp();
  await agent.wrapsUp();
  expect(await kindsOf(stage)).toContain('microphone.back');
});

/** The sockets of a machine's microphones, as a hand finds them. */
interface Sockets {
  pullMicrophone(others: boolean): void;
  plugMicrophone(): void;
}

/** Lets the test pull and plug microphones: the browser's own stand-in can be neither. */
function holdMicrophones(): void {
  const devices = navigator.mediaDevices;
  const open = devices.getUserMedia.bind(devices);
  const given = new Set<MediaStreamTrack>();
  let plugged = true;
  devices.getUserMedia = async (wish) => {
    if (!plugged) throw new DOMException('no microphone', 'NotFoundError');
    const stream = await open(wish);
    for (const track of stream.getAudioTracks()) given.add(track);
    return stream;
  };
  const sockets: Sockets = {
    pullMicrophone(others) {
      plugged = others;
      const pulled = [...given];
      given.clear();
      for (const track of pulled) {
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
    },
    plugMicrophone() {
      plugged = true;
      devices.dispatchEvent(new Event('devicechange'));
    },
  };
  Object.assign(window, sockets);
}
