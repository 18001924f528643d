import { toneStrength } from '../support/phones/tone-detector.js';
import { audible, expectVoices, listen, tones } from './hearing.js';
import { hears } from './outside-phones.js';
import { expect, test } from './stage.js';

test('an agent calls for help: the lead listens, whispers to the agent alone, joins, and takes over', async ({
  stage,
}) => {
  const agent = await stage.agent('805');
  await agent.ready();
  const lead = await stage.person('lead', 'colleague');
  await expect(lead.getByTestId('phone-status')).toHaveAttribute('data-status', 'ready');
  const customer = await stage.outside.calls('13800007001', tones.customer);
  await agent.answers();
  await hears(customer, tones.agent);
  const card = lead.locator('[data-testid="agent"][data-agent="805"]');
  const bar = lead.getByTestId('help-bar');
  const customerHearsLead = () => toneStrength(customer.rtp.lastHeard(1_000), tones.colleague);

  await test.step('one key calls; the floor is alarmed and the lead listens', async () => {
    await agent.page.keyboard.press('F9');
    await expect(card).toHaveAttribute('data-need', 'help');
    const alarm = lead.locator('[data-testid="alarm"][data-code="help.called"]').first();
    await alarm.getByTestId('alarm-listen').click();
    await expect(bar).toHaveAttribute('data-mode', 'listen');
    await expectVoices(lead, 'customer', 'agent');
    await expectVoices(agent.page, 'customer');
    expect(customerHearsLead()).toBeLessThan(0.01);
  });

  await test.step('the whisper reaches the agent and not the customer', async () => {
    await lead.keyboard.press('w');
    await expect(bar).toHaveAttribute('data-mode', 'whisper');
    await expectVoices(agent.page, 'customer', 'colleague');
    await expect(agent.page.getByTestId('helpers')).toContainText('张慧');
    await hears(customer, tones.agent);
    expect(customerHearsLead()).toBeLessThan(0.01);
    expect((await listen(lead)).customer).toBeGreaterThan(0.01);
  });

  await test.step('joined, everybody hears the lead', async () => {
    await lead.keyboard.press('j');
    await expect(bar).toHaveAttribute('data-mode', 'join');
    // Three loud tones together clip the mix, so nothing is said here of an echo: the tests with plain phones do.
    await expect(async () => {
      const heard = await listen(agent.page);
      expect(Math.min(heard.customer, heard.colleague)).toBeGreaterThan(audible);
      expect(customerHearsLead()).toBeGreaterThan(audible);
    }).toPass({ timeout: 20_000 });
  });

  await test.step('taken over, the lead is at the desk with the customer, the agent writes the record', async () => {
    await lead.keyboard.press('o');
    await agent.expectPhase('wrap-up');
    await expect(lead.getByTestId('call')).toHaveAttribute('data-phase', 'talking');
    await expect(bar).toBeHidden();
    await expectVoices(lead, 'customer');
    await hears(customer, tones.colleague);
  });

  customer.hangUp();
  await agent.wrapsUp();
  await expect(lead.getByTestId('call')).toHaveAttribute('data-phase', 'wrap-up');
  const record = await stage.lastCall();
  expect(record.agents.map(({ agentNumber }) => agentNumber)).toEqual(['805', '800']);
});
