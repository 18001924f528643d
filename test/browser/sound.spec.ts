import { eventually } from '../support/eventually.js';
import { tones } from './hearing.js';
import { expect, test } from './stage.js';

test('the desk shows how the call sounds, and the call’s page how each leg fared, in both languages', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  const desk = agent.page;
  await agent.ready();
  const customer = await stage.outside.calls('13800000601', tones.customer);
  await agent.answers();

  await test.step('bars, a word and the score; the figures behind them by keyboard', async () => {
    const sign = desk.getByTestId('sound');
    await expect(sign).toHaveAttribute('data-grade', 'good', { timeout: 20_000 });
    await expect(sign).toContainText(/音质良好 4\.\d/);
    await sign.focus();
    const figures = desk.getByTestId('sound-figures');
    await expect(figures).toBeVisible();
    await expect(figures).toContainText('opus');
    await expect(figures).toContainText(/抖动\d+ 毫秒/);
    await expect(figures).toContainText(/往返时延\d+ 毫秒/);
    await sign.blur();
    await expect(figures).toBeHidden();
  });

  await test.step('Opus towards the browser, A-law on the trunk, each leg with its figures', async () => {
    expect(customer.codecs).toEqual(['PCMA']);
    const { id } = await stage.lastCall();
    const page = await stage.person('lead');
    await page.goto(`${stage.product.url}/calls/${id}`);
    const legs = page.getByTestId('call-sound');
    await expect(legs.locator('[data-side="agent"]')).toContainText('座席 801');
    await expect(legs.locator('[data-side="agent"]')).toContainText('opus');
    await expect(legs.locator('[data-side="customer"]')).toContainText('PCMA', { timeout: 20_000 });
    await expect(legs.locator('[data-side="customer"]')).toContainText(/4\.\d 良好/);
    await page.getByTestId('locale').click();
    await expect(legs.locator('[data-side="agent"]')).toContainText('Agent 801');
    await expect(legs.locator('[data-side="customer"]')).toContainText(/4\.\d good/);
  });

  await test.step('after the call nothing is shown at the desk, and the figures stay', async () => {
    customer.hangUp();
    await agent.expectPhase('wrap-up');
    await expect(desk.getByTestId('sound')).toBeHidden();
    await agent.wrapsUp();
    const { id } = await stage.lastCall();
    const cookie = await stage.product.signIn('inspector');
    await eventually(async () => {
      const { body } = await stage.product.read(`/api/calls/${id}/sound`, { cookie });
      return Array.isArray(body) && body.length === 2;
    });
  });
});
