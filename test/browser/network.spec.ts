import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { AgentDesk } from './agent-desk.js';
import { audible, expectVoices, listen } from './hearing.js';
import { Relay } from './relay.js';
import { expect, test as onStage, type Stage } from './stage.js';
import { kindsOf, soonMs, talk, untilHeard, untilTold } from './talks.js';
import type { WebPhone } from './web-phone.js';

/** With a network between the agents and the product that the test may take away. */
const test = onStage.extend<{ relay: Relay }>({
  relay: async ({ stage }, use) => {
    const relay = await Relay.to(stage.product.url);
    await use(relay);
    await relay.close();
  },
});

/** The secret by which the media addresses in use are known: a new one after an ICE restart. */
const iceOf = (page: Page) =>
  page.evaluate(() => {
    const connections = (window as unknown as { connections: RTCPeerConnection[] }).connections;
    return /a=ice-ufrag:(\S+)/.exec(connections.at(-1)?.localDescription?.sdp ?? '')?.[1];
  });

/** Less than a phone is waited for, more than a connection that is merely shaken needs. */
const goneMs = 3_000;

/** The process in which the browser sends and receives, sound too: stopped, nothing comes and nothing goes. */
async function networkOf(page: Page): Promise<number> {
  const session = await page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  for (const { id } of processInfo)
    if ((await readFile(`/proc/${id}/cmdline`, 'utf8')).includes('network.mojom.NetworkService')) return id;
  throw new Error('the browser has no process for the network');
}

/** The network goes without a word to anybody, until the returned function is called, which says when that was (ms). */
async function goes(page: Page, relay: Relay): Promise<() => number> {
  const network = await networkOf(page);
  process.kill(network, 'SIGSTOP');
  relay.changeNetwork();
  return () => {
    relay.restore();
    process.kill(network, 'SIGCONT');
    return Date.now();
  };
}

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

/** An agent behind the relay who talks, whose connections are in sight. */
async function talksOver(relay: Relay, stage: Stage, number: string) {
  const agent = await stage.agentAt(relay.url, number);
  await agent.page.addInitScript(keepConnections);
  await agent.page.reload();
  return { agent, customer: await talk(stage, agent) };
}

/** Both hear each other to the end. What the call's timeline tells of the agent's phone then. */
async function ends(stage: Stage, agent: AgentDesk, customer: WebPhone) {
  await expectVoices(agent.page, 'customer');
  await customer.hangsUp();
  await agent.wrapsUp();
  return (await kindsOf(stage)).filter((kind) => kind.startsWith('agent.'));
}

test('only the signalling is lost: nobody notices, and the talk gets new addresses in the same dialog', async ({
  stage,
  relay,
}) => {
  const { agent, customer } = await talksOver(relay, stage, '803');
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
  expect(await ends(stage, agent, customer)).toEqual([]);
});

test('the network is gone for some seconds, sound and all: the talk goes on over the new one in the same dialog', async ({
  stage,
  relay,
}) => {
  const { agent, customer } = await talksOver(relay, stage, '804');
  const before = await iceOf(agent.page);
  const comesBack = await goes(agent.page, relay);
  await pause(goneMs);
  expect((await listen(customer.page)).agent, 'the agent is not heard').toBeLessThan(audible);
  const from = comesBack();
  await expect.poll(() => iceOf(agent.page), { intervals: [50] }).not.toBe(before);
  const heard = (await untilHeard(customer.page)) - from;
  console.log(`network back to heard: ${heard} ms`);
  expect(heard).toBeLessThan(soonMs);
  expect(await ends(stage, agent, customer)).toEqual([]);
});

test('the network is gone for long: the customer waits with music, and the two talk again when it is back', async ({
  stage,
  relay,
}) => {
  const { agent, customer } = await talksOver(relay, stage, '805');
  const comesBack = await goes(agent.page, relay);
  await untilTold(stage, 'agent.away', 30_000);
  expect((await listen(customer.page)).rest, 'the customer hears music').toBeGreaterThan(audible);
  const from = comesBack();
  const heard = (await untilHeard(customer.page)) - from;
  console.log(`network back to talking again: ${heard} ms`);
  expect(heard).toBeLessThan(soonMs);
  expect(await ends(stage, agent, customer)).toEqual(expect.arrayContaining(['agent.away', 'agent.back']));
});
