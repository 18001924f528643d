import { AgentDesk } from './agent-desk.js';
import { audible, expectVoices, listen } from './hearing.js';
import { expect, test } from './stage.js';
import { kindsOf, sinceUntil, soonMs, talk, untilHeard, untilTold } from './talks.js';

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
