import { tones } from './hearing.js';
import { expect, test } from './stage.js';

const number = '13800006077';
const masked = '138****6077';

test('a customer’s number is masked until somebody asks for it, and again when the page is left', async ({
  stage,
}) => {
  const agent = await stage.agent('801');
  await agent.ready();
  const customer = await stage.outside.calls(number, tones.customer);
  await agent.answers();
  const { page } = agent;
  const file = page.getByTestId('customer');

  await test.step('the agent who has the call needs the keyboard only', async () => {
    await expect(file).toContainText(masked);
    await expect(page.locator('#wrapup-customerNumber')).toHaveValue(masked);
    expect(await page.content()).not.toContain(number);
    await file.getByTestId('reveal').focus();
    await page.keyboard.press('Enter');
    await expect(file).toContainText(number);
    await expect(page.getByTestId('from-number')).toContainText(number);
    await expect(page.locator('#wrapup-customerNumber')).toHaveValue(number);
  });

  await test.step('the record holds the number that was shown masked', async () => {
    customer.hangUp();
    await agent.expectPhase('wrap-up');
    await page.reload();
    await expect(page.locator('#wrapup-customerNumber')).toHaveValue(masked);
    await page.locator('#wrapup-outcome').click();
    await page.locator('.ant-select-item-option:visible').first().click();
    await page.getByTestId('wrapup-customer-name').fill('王芳');
    await page.getByTestId('wrapup-nameReadBack').check();
    await page.getByTestId('wrapup-numberReadBack').check();
    await page.getByTestId('wrapup-note').fill('客人询问早餐时间');
    await page.getByTestId('wrapup-complete').click();
    await agent.expectPresence('ready');
  });

  const inspector = await stage.person('inspector');
  const { handlings, id } = await stage.lastCall();
  await test.step('an inspector names a reason, which a row of a list does not open by', async () => {
    await inspector.goto(`${stage.product.url}/calls`);
    const row = inspector.locator(`[data-row-key="${id}"]`);
    await expect(row).toContainText(masked);
    await row.getByTestId('reveal').click();
    await inspector.getByRole('menuitem').first().click();
    await expect(row).toContainText(number);
    await expect(inspector).toHaveURL(/\/calls$/);
  });

  await test.step('on the next page it is masked again, in the record too', async () => {
    await inspector.goto(`${stage.product.url}/quality/${handlings[0]?.id}`);
    const record = inspector.getByTestId('wrap-up-record');
    await expect(record).toContainText(masked);
    await expect(record).toContainText('王**');
    await inspector.getByTestId('reveal').first().focus();
    await inspector.keyboard.press('Enter');
    await inspector.getByRole('menuitem').first().click();
    await expect(record).toContainText(number);
    await expect(record).toContainText('王芳');
  });

  await test.step('an agent’s list offers no search by number', async () => {
    await page.goto(`${stage.product.url}/calls`);
    await expect(page.getByTestId('calls')).toContainText(masked);
    await expect(page.getByPlaceholder('完整的客户号码')).toHaveCount(0);
  });

  await test.step('the agent calls the customer back without seeing the number', async () => {
    await page.goto(`${stage.product.url}/calls/${id}`);
    await page.getByTestId('call-back').click();
    await expect(page.getByTestId('dial-customer')).toContainText(masked);
    await page.locator('#dial-purpose').click();
    await page.locator('.ant-select-item-option:visible').first().click();
    await page.getByTestId('dial-points').fill('告知早餐时间');
    await page.getByTestId('dial-start').click();
    const called = await stage.outside.rung(number);
    called.answer();
    await agent.expectPhase('talking');
    await expect(page.getByTestId('from-number')).toContainText(masked);
    expect(await page.content()).not.toContain(number);
    called.hangUp();
    await agent.wrapsUp();
  });
});
