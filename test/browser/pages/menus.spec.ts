import { mkdirSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { choose } from '../select.js';
import { expect, test } from '../stage.js';

const pictures = process.env.SANLING_PICTURES;

test('the supervisor makes a menu, is told what is wrong, tries it and publishes it', async ({ stage }) => {
  const page = await stage.person('supervisor');
  await page.goto(`${stage.product.url}/settings/flows`);
  await expect(page.getByTestId('flow-version')).toHaveAttribute('data-version', '0');
  await expect(page.getByTestId('walk')).toHaveAttribute('data-now', 'queue');

  await addStep(page, '按键菜单');
  const menu = page.getByTestId('step-menu-1');
  await expect(menu.locator('[data-code="unreachable"]')).toBeVisible();
  await expect(page.getByTestId('flow-publish')).toBeDisabled();
  await choose(page.getByRole('combobox', { name: '从此步骤开始' }), '按键菜单');
  await choose(menu.getByRole('combobox', { name: '播放' }), '选择无效');
  await page.keyboard.press('Escape');
  await menu.getByTestId('choice-add').click();
  await menu.getByTestId('choice-add').click();
  for (const [digit, label] of [
    ['1', '客房预订'],
    ['2', '会议咨询'],
  ] as const) {
    const choice = menu.getByTestId(`choice-${digit}`);
    await choice.getByRole('textbox', { name: '含义' }).fill(label);
    await choose(choice.getByRole('combobox', { name: '转到' }), '进入队列');
  }
  await expect(page.getByTestId('faults')).toHaveCount(0);

  await expect(page.getByTestId('walk')).toHaveAttribute('data-now', 'asks');
  await page.getByTestId('try-2').click();
  await expect(page.getByTestId('walk')).toHaveAttribute('data-now', 'queue');
  await expect(page.getByTestId('walk')).toContainText('会议咨询');
  await picture(page, 'flows-zh');

  await page.getByTestId('flow-publish').click();
  await page.getByTestId('publish-form').getByRole('textbox').fill('会议旺季');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('flow-version')).toHaveAttribute('data-version', '1');
  await page.getByTestId('locale').click();
  await expect(page.getByTestId('flow-version')).toContainText('Version 1');
  await expect(menu).toContainText('Menu');
  expect(await page.locator('main').textContent()).not.toMatch(/\b[a-z]+(-[a-z]+)*\.[a-z]+[.-][a-z]+\b/);
  await picture(page, 'flows-en');
  await page.getByTestId('locale').click();

  await expect(page.getByTestId('flow-version')).toContainText('会议旺季');
  await switchOff(page);
});

test('a lead may look at a flow and change nothing', async ({ stage }) => {
  const page = await stage.person('lead');
  await page.goto(`${stage.product.url}/settings/flows`);
  await expect(page.getByTestId('flow-version')).toBeVisible();
  await expect(page.getByTestId('flow-publish')).toHaveCount(0);
});

async function addStep(page: Page, kind: string): Promise<void> {
  await page.getByTestId('step-add').click();
  await page.getByRole('menuitem', { name: kind }).click();
}

/** Other tests' callers go into the queue at once. */
async function switchOff(page: Page): Promise<void> {
  await page.getByRole('switch').click();
  await page.getByTestId('flow-publish').click();
  await page.getByTestId('publish-form').getByRole('textbox').fill('停用');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('flow-version')).toHaveAttribute('data-version', '2');
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}
