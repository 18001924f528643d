import { eventually } from '../support/eventually.js';
import { loudness, toneStrength } from '../support/phones/tone-detector.js';
import { expectVoices, tones } from './hearing.js';
import { hears } from './outside-phones.js';
import { expect, test } from './stage.js';

test('a customer on a SIP phone is put through by one agent to another, who was briefed', async ({
  stage,
}) => {
  const first = await stage.agent('801');
  const second = await stage.agent('802', 'colleague');
  await first.ready();
  const customer = await stage.outside.calls('13800006001', tones.customer);
  await first.answers();
  await expectVoices(first.page, 'customer');
  await hears(customer, tones.agent);
  await second.ready();

  await test.step('whom, why, what about, and the customer agrees', async () => {
    const desk = first.page;
    await desk.keyboard.press('t');
    await expect(desk.getByTestId('transfer-confirm')).toBeDisabled();
    await desk.getByTestId('transfer-search').fill('802');
    await desk.getByTestId('target-agent-802').click();
    await desk.getByTestId('transfer-reason').getByRole('radio').first().check();
    await desk.getByTestId('transfer-matter').fill('延迟退房到下午两点');
    await expect(desk.getByTestId('transfer-confirm')).toBeDisabled();
    await desk.getByTestId('transfer-consent').locator('label').first().click();
    await desk.getByTestId('transfer-confirm').click();
    await expect(desk.getByTestId('consult-bar')).toHaveAttribute('data-state', 'ringing');
    await expect(desk.getByTestId('complete-transfer')).toBeDisabled();
    await expect(desk.getByTestId('hold-bar')).toBeVisible();
  });

  await test.step('the customer hears music, and neither agent', async () => {
    await eventually(
      () => {
        const heard = customer.rtp.lastHeard(400);
        const voices = [tones.agent, tones.colleague].map((hertz) => toneStrength(heard, hertz));
        return loudness(heard) > 0.0004 && voices.every((strength) => strength < 0.02);
      },
      { withinMs: 10_000, what: 'music' },
    );
  });

  await test.step('the colleague sees who and what before taking over', async () => {
    await second.rings();
    await expect(second.page.getByTestId('briefing')).toContainText('延迟退房到下午两点');
    await expect(second.page.getByTestId('briefing')).toContainText('801');
    await expect(second.page.getByTestId('transfer-thanks')).toContainText('延迟退房到下午两点');
    await second.page.keyboard.press('a');
    await second.expectPhase('consulted');
    await expect(first.page.getByTestId('consult-bar')).toHaveAttribute('data-state', 'talking');
    await expectVoices(first.page, 'colleague');
    await expectVoices(second.page, 'agent');
  });

  await test.step('completed by key: the customer and the colleague hear each other', async () => {
    await first.page.keyboard.press('c');
    await first.expectPhase('wrap-up');
    await second.expectPhase('talking');
    await expectVoices(second.page, 'customer');
    await hears(customer, tones.colleague);
    expect(toneStrength(customer.rtp.lastHeard(1_000), tones.agent)).toBeLessThan(0.01);
  });

  customer.hangUp();
  await second.wrapsUp();
  await first.wrapsUp();
  const record = await stage.lastCall();
  expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['801', '802']);
  expect(record.timeline.map(({ kind }) => kind)).toContain('transfer.completed');
});

test('a colleague who rejects gives the customer back, and the desk says why', async ({ stage }) => {
  const first = await stage.agent('803');
  const second = await stage.agent('804', 'colleague');
  await first.ready();
  const customer = await stage.outside.calls('13800006002', tones.customer);
  await first.answers();
  await second.ready();
  const desk = first.page;
  await desk.keyboard.press('t');
  await desk.getByTestId('target-agent-804').click();
  await desk.getByTestId('transfer-reason').getByRole('radio').first().check();
  await desk.getByTestId('transfer-consent').locator('label').first().click();
  await desk.getByTestId('transfer-confirm').click();
  await second.rings();
  await second.page.keyboard.press('d');
  await expect(desk.getByTestId('transfer-failed')).toHaveAttribute('data-why', 'rejected');
  await first.expectPhase('talking');
  await hears(customer, tones.agent);
  await expect(desk.getByTestId('transfer')).toBeEnabled();
  customer.hangUp();
  await first.wrapsUp();
});
