import { expectVoices, tones } from './hearing.js';
import { hears } from './outside-phones.js';
import { choose } from './select.js';
import { expect, test } from './stage.js';

test('an outbound call: refused to where the role may not dial, allowed after the pre-call sheet', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  await agent.ready();
  const desk = agent.page;
  const number = desk.locator('#dial-number');
  const purpose = () => choose(desk.locator('#dial-purpose'));

  const dialledBefore = stage.outside.dialled.length;
  await test.step('abroad is refused before anything rings', async () => {
    await desk.keyboard.press('p');
    await number.pressSequentially('0033142685300');
    await expect(desk.getByTestId('number-check')).toHaveAttribute('data-allowed', 'false');
    await desk.keyboard.press('Escape');
    await purpose();
    await expect(desk.getByTestId('dial-start')).toBeDisabled();
    expect(stage.outside.dialled.slice(dialledBefore)).toEqual([]);
  });

  await test.step('a guest’s mobile is allowed, with a purpose', async () => {
    await number.fill('13912345678');
    await expect(desk.getByTestId('number-check')).toHaveAttribute('data-allowed', 'true');
    await desk.keyboard.press('Escape');
    await desk.getByTestId('dial-points').fill('告知行李已送到房间');
    await desk.getByTestId('dial-start').click();
    const customer = await stage.outside.rung('13912345678');
    expect(customer.remoteNumber).toBe('01065540000');
    await expect(desk.getByTestId('call')).toContainText(/对方振铃/);
    customer.answer();
    customer.rtp.tone(tones.customer);
    await agent.expectPhase('talking');
    await expectVoices(desk, 'customer');
    await hears(customer, tones.agent);
    customer.hangUp();
    await agent.wrapsUp();
  });

  await test.step('who does not answer is told apart', async () => {
    stage.outside.refuses('13912345679', 486);
    await number.fill('13912345679');
    await desk.keyboard.press('Escape');
    await purpose();
    await expect(desk.getByTestId('dial-start')).toBeDisabled();
    await desk.getByTestId('dial-points').fill('告知行李已送到房间');
    await desk.getByTestId('dial-start').click();
    await agent.expectPhase('wrap-up');
    await expect(desk.getByTestId('dial-refused')).toHaveAttribute('data-why', 'busy');
    await agent.wrapsUp();
  });

  expect(await stage.lastCall()).toMatchObject({ direction: 'outbound', outcome: 'not-reached' });
});
