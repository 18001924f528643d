import type { Page } from '@playwright/test';
import pg from 'pg';
import { expect, test } from '../stage.js';

test('a page that is not for the role says so, and offers the way on', async ({ stage }) => {
  const inspector = await stage.person('inspector');
  await inspector.goto(`${stage.product.url}/desk`);
  await expect(inspector.locator('main')).toContainText('您的岗位没有座席台');
  const { page } = await stage.agent('801');
  for (const place of ['floor', 'quality']) {
    await expect(page.getByTestId(`nav-${place}`)).toHaveCount(0);
    await page.goto(`${stage.product.url}/${place}`);
    await expect(page.getByTestId('error')).toHaveAttribute('data-code', 'permission.denied');
  }
});

test('an unknown sign-in and a wrong password are refused in the same words', async ({ stage }) => {
  const page = await (await stage.context()).newPage();
  await page.goto(stage.product.url);
  const told: string[] = [];
  for (const login of ['nobody', 'lead']) {
    await page.getByTestId('login').fill(login);
    await page.getByTestId('password').fill('not the password');
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/session'));
    await page.getByTestId('sign-in').click();
    expect((await answer).status()).toBe(401);
    await expect(page.getByTestId('sign-in')).not.toHaveClass(/loading/);
    told.push((await page.getByTestId('sign-in-refused').textContent()) ?? '');
  }
  expect(told[0]).toBe(told[1]);
});

test('an expired session leads back to the sign-in', async ({ stage }) => {
  const page = await stage.person('trainer');
  const database = new pg.Client({ connectionString: stage.product.database.url });
  await database.connect();
  await database.query("update sessions set expires_at = now() - interval '1 minute'");
  await database.end();
  await page.reload();
  await expect(page.getByTestId('login')).toBeVisible();
});

test('every page is there in Chinese and in English', async ({ stage }) => {
  const places: [string, string[]][] = [
    ['801', ['/desk', '/results', '/calls']],
    [
      'supervisor',
      ['/floor', '/quality', '/calls', '/settings/prompts', '/settings/dialling', '/settings/phone-book'],
    ],
  ];
  for (const [login, paths] of places) {
    const page = await stage.person(login);
    for (const path of paths) {
      await page.goto(`${stage.product.url}${path}`);
      await expect(page.getByTestId('person')).toBeVisible();
      await expectBothLanguages(page);
    }
  }
  const phone = await (await stage.context()).newPage();
  for (const path of ['/phone', '/']) {
    await phone.goto(`${stage.product.url}${path}`);
    await expectBothLanguages(phone);
  }
});

/** The switch changes the headings and the buttons at once, and back. No text key shows. */
async function expectBothLanguages(page: Page): Promise<void> {
  const main = page.locator('main');
  await expect(main).toContainText(/\p{Script=Han}/u);
  await page.getByTestId('locale').click();
  await expect(page.getByTestId('locale')).toHaveText('中文');
  await expect(main.locator('h1').first()).not.toContainText(/\p{Script=Han}/u);
  expect(await main.textContent()).not.toMatch(/\b[a-z]+(-[a-z]+)*\.[a-z]+[.-][a-z]+\b/);
  await page.getByTestId('locale').click();
  await expect(page.getByTestId('locale')).toHaveText('English');
}
