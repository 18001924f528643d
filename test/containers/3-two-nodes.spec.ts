import { ApiClient } from '../support/api-client.js';
import { bothHear, expect, test } from './people.js';

test.describe.configure({ mode: 'serial' });

test('from one node to two: the talk goes on, whoever writes a record has their form, the second node takes calls', async ({
  house,
  people,
}) => {
  await house.change(house.open);
  await house.up();
  const [writer, talker] = [await people.agent('801'), await people.agent('802')];
  const first = await people.talk(writer, '13900000011');
  first.hangUp();
  await writer.expectPhase('wrap-up');
  const talk = await people.talk(talker, '13900000012');

  console.log(`healthy after ${await house.up({ scale: true })} s`);
  expect(talk.state).toBe('up');
  await bothHear(talk, talker);
  await writer.wrapsUp();
  talk.hangUp();
  await talker.wrapsUp();
  const other = new ApiClient(`https://${house.address}:3001`);
  expect((await other.read('/api/health')).status).toBe(200);

  const onSecond = await people.talk(writer, '13900000013', 5062);
  onSecond.hangUp();
  await writer.wrapsUp();
  const [arrived] = (await people.records.lastCall()).timeline;
  expect(arrived).toMatchObject({ kind: 'call.arrived', data: { node: 'b' } });
});

test('nobody in the containers of two nodes is root; the edge is killed and back while two people talk', async ({
  house,
  people,
}) => {
  const inmates = await house.inmates();
  expect(new Set(inmates.map(({ service }) => service)).size).toBe(8);
  expect(inmates.filter(({ user, capabilities }) => user === 0 || Number(`0x${capabilities}`) !== 0)).toEqual(
    [],
  );
  const agent = await people.agent('801');
  const call = await people.talk(agent, '13900000014');
  for (const service of ['kamailio', 'api-b', 'asterisk-b']) {
    console.log(`${service} is back after ${await house.kill(service)} s`);
    expect(call.state).toBe('up');
    await bothHear(call, agent);
  }
  call.hangUp();
  await agent.wrapsUp();
});

test('two nodes from nothing, and back to one', async ({ house, people }) => {
  await house.down({ volumes: true });
  console.log(`healthy after ${await house.up({ scale: true })} s`);
  const agent = await people.agent('801');
  const call = await people.talk(agent, '13900000015', 5062);
  call.hangUp();
  await agent.expectPhase('wrap-up');
  await house.down();
  await house.up();
  await agent.wrapsUp();
});
