import { expectVoices } from '../browser/hearing.js';
import { bothHear, expect, test } from './people.js';
import { calledFrom, foundOverTcp, saidOverUdp } from './strangers.js';

const strangers = { v4: process.env.STRANGER_ADDRESS ?? '', v6: process.env.STRANGER_ADDRESS_6 ?? '' };

test.describe.configure({ mode: 'serial' });

test('from nothing, as .env is made: well, signed in to on the machine itself, and closed to everybody else', async ({
  house,
}) => {
  console.log(`healthy after ${await house.up()} s`);
  expect(JSON.parse(await house.onMachine('curl', '-sS', 'http://127.0.0.1:3000/api/health'))).toMatchObject({
    status: 'ok',
  });
  const body = JSON.stringify({ login: 'lead', password: 'three rings' });
  const signIn = await house.onMachine(
    ...(['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}'] as [string, ...string[]]),
    ...['-H', 'content-type: application/json', '-d', body, 'http://127.0.0.1:3000/api/session'],
  );
  expect(signIn).toMatch(/^20\d$/);
  for (const [from, to] of [
    [strangers.v4, house.address],
    [strangers.v6, house.address6],
  ] as const) {
    expect(await saidOverUdp({ from, to, port: 5060 })).toBe('nobody');
    for (const port of [3000, 5061]) expect(await foundOverTcp({ from, to, port })).toBe('nobody');
  }
});

test('a house with TLS and a carrier, from kept volumes: who may call, and who not', async ({
  house,
  people,
}) => {
  await house.change(house.open);
  console.log(`healthy after ${await house.up()} s`);
  expect((await people.api.read('/api/health')).status).toBe(200);
  const cookie = await people.api.signIn('supervisor');
  const calls = async () => ((await people.api.read('/api/calls', { cookie })).body as { items: [] }).items;
  expect(await calls()).toHaveLength(0);
  const answer = await calledFrom(strangers.v4, { host: house.address, port: 5060 });
  expect(answer.status).toBe(401);
  const knock = { from: strangers.v6, to: house.address6 };
  expect(await saidOverUdp({ ...knock, port: 5060 })).toBe('nobody');
  expect(await foundOverTcp({ ...knock, port: 3000 })).toBe('nobody');
  expect(await calls()).toHaveLength(0);
});

test('nobody in the containers is root or may become it', async ({ house }) => {
  const inmates = await house.inmates();
  expect(new Set(inmates.map(({ service }) => service))).toEqual(
    new Set(['postgres', 'redis', 'asterisk', 'api', 'worker']),
  );
  expect(inmates.filter(({ user, capabilities }) => user === 0 || Number(`0x${capabilities}`) !== 0)).toEqual(
    [],
  );
});

test('a SIP call with sound both ways; its recording is on the volume', async ({ house, people }) => {
  const agent = await people.agent('801');
  const call = await people.talk(agent, '13900000001');
  call.hangUp();
  await agent.wrapsUp();
  expect(await people.records.lastCall()).toMatchObject({ outcome: 'answered', endedBy: 'customer' });
  const { id } = await people.records.storedRecording();
  expect((await people.records.audioOf(id)).length).toBeGreaterThan(1_000);
  expect(await house.inside('api', 'find', '/data/recordings', '-type', 'f')).toContain(id);
});

test('a web phone’s call with sound both ways', async ({ people }) => {
  const agent = await people.agent('801');
  const customer = await people.webCustomer();
  await customer.calls();
  await agent.answers();
  await expectVoices(customer.page, 'agent');
  await expectVoices(agent.page, 'customer');
  await customer.hangsUp();
  await agent.wrapsUp();
});

test('each part is killed and back while two people talk', async ({ house, people }) => {
  const agent = await people.agent('801');
  const call = await people.talk(agent, '13900000002');
  for (const service of ['worker', 'redis', 'postgres', 'api']) {
    console.log(`${service} is back after ${await house.kill(service)} s`);
    expect(call.state).toBe('up');
    await bothHear(call, agent);
  }
  console.log(`asterisk is back after ${await house.kill('asterisk')} s`);
  await agent.completesRecord();
  await agent.ready();
  const next = await people.talk(agent, '13900000003');
  next.hangUp();
  await agent.wrapsUp();
});

test('down and up: nothing is lost', async ({ house, people }) => {
  const before = await people.records.lastCall();
  const { id } = await people.records.storedRecording();
  const sound = await people.records.audioOf(id);
  await house.down();
  console.log(`healthy after ${await house.up()} s`);
  expect(await people.records.lastCall()).toEqual(before);
  expect((await people.records.audioOf(id)).equals(sound)).toBe(true);
  const agent = await people.agent('801');
  const call = await people.talk(agent, '13900000004');
  call.hangUp();
  await agent.wrapsUp();
});
