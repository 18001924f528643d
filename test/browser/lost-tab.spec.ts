import { expect, test } from './stage.js';

test('a tab closed while ringing: the customer goes on to another agent', async ({ stage }) => {
  const first = await stage.agent('803');
  await first.ready();
  // Signed in before it rings: a slow machine takes longer for that than three rings last.
  const second = await stage.agent('804');
  const customer = await stage.customer();
  await customer.calls();
  await first.rings();
  await second.ready();
  await first.page.close();
  await second.answers();
  await customer.hangsUp();
  await second.wrapsUp();
  const record = await stage.lastCall();
  expect(record.outcome).toBe('answered');
  expect(record.timeline.find(({ kind }) => kind === 'ring.missed')?.data).toMatchObject({
    why: 'device-lost',
  });
});

test('a tab closed while talking: the customer stays, another agent takes over, the record is still owed', async ({
  stage,
}) => {
  const first = await stage.agent('805');
  await first.ready();
  const customer = await stage.customer();
  await customer.calls();
  await first.answers();
  const second = await stage.agent('806');
  await second.ready();
  await first.page.close();
  // The first one is awaited before the call goes on.
  await second.expectPhase('ringing', 40_000);
  await expect(second.page.getByTestId('lost-before')).toContainText('805');
  await second.answers();
  await customer.expectStage('connected');
  await customer.hangsUp();
  await second.wrapsUp();
  const record = await stage.lastCall();
  expect(record.timeline.map(({ kind }) => kind)).toContain('agent.lost');
  expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['805', '806']);
  const back = await stage.agent('805');
  await back.expectPhase('wrap-up');
  await back.fillsWrapUp();
  await back.page.getByTestId('wrapup-complete').click();
  await expect(back.page.getByTestId('idle')).toBeVisible();
});

test('a second tab of the same agent says that another one has the phone, and can take it', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  await agent.ready();
  const second = await agent.page.context().newPage();
  await second.goto(`${stage.product.url}/desk`);
  await expect(second.getByTestId('led-elsewhere')).toBeVisible();
  await expect(agent.page.getByTestId('led-elsewhere')).toBeHidden();
  await second.getByTestId('take-over').click();
  await expect(agent.page.getByTestId('led-elsewhere')).toBeVisible();
  await expect(second.getByTestId('led-elsewhere')).toBeHidden();
});
