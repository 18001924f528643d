import type { Page } from '@playwright/test';
import { toneSamples, wavFile } from '../../builders/tone-wav.js';
import { expect, test } from '../stage.js';

const toneOf = (ms: number) => wavFile(toneSamples([{ ms, hertz: 660 }], 44_100), 44_100);
const [tone, longerTone] = [toneOf(1_200), toneOf(2_300)];
const audio = (buffer: Buffer, name = 'welcome.wav') => ({ name, mimeType: 'audio/wav', buffer });

const open = async (page: Page, url: string, place: string) => {
  await page.goto(`${url}/settings/${place}`);
  await expect(page.getByTestId(`settings-${place}`)).toHaveAttribute('aria-current', 'page');
};

/** The number of the version of the dialling rules that the page shows. */
const versionShown = async (page: Page) =>
  Number(/第 (\d+) 版/.exec((await page.getByTestId('rules-version').textContent()) ?? '')?.[1]);

test('the supervisor uploads an announcement, hears it, replaces and removes it', async ({ stage }, info) => {
  const page = await stage.person('supervisor');
  await open(page, stage.product.url, 'prompts');
  await expect(page.locator('main')).toContainText('还没有提示音');
  await page.getByTestId('prompt-add').click();
  const form = page.getByTestId('prompt-form');
  await form.getByLabel('名称').fill('欢迎语');
  await form.getByLabel('播报的内容（中文）').fill('欢迎致电三铃酒店。');
  await form.getByLabel('播报的内容（英文）').fill('Welcome to the hotel.');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(form).toContainText('请选择录音文件');
  await form.locator('input[type=file]').setInputFiles(audio(Buffer.from('no sound'.repeat(100))));
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(form.getByTestId('refusal')).toHaveAttribute('data-code', 'prompt.wrong-kind');
  await page.screenshot({ path: info.outputPath('prompt-refused.png') });
  await form.locator('input[type=file]').setInputFiles(audio(tone));
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(form).toBeHidden();
  const row = page.getByTestId('prompts').locator('tr', { hasText: '欢迎语' });
  await expect(row).toContainText('0:01');
  await page.screenshot({ path: info.outputPath('prompts.png') });
  // Heard in the page, at the length that the list says.
  const heardSeconds = await row.locator('audio').evaluate(async (player: HTMLAudioElement) => {
    await player.play();
    return player.duration;
  });
  expect(heardSeconds).toBeCloseTo(1.2, 1);
  await row.getByRole('button', { name: '修改 欢迎语' }).click();
  await form.getByLabel('播报的内容（中文）').fill('您好，欢迎致电三铃酒店。');
  await form.locator('input[type=file]').setInputFiles(audio(longerTone, 'longer.wav'));
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(row).toContainText('您好，欢迎致电');
  await expect(row).toContainText('0:02');
  await row.getByRole('button', { name: '删除 欢迎语' }).click();
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /删\s*除/ })
    .click();
  await expect(page.locator('main')).toContainText('还没有提示音');
});

test('the supervisor changes who may dial what, and tries a number on it', async ({ stage }, info) => {
  const page = await stage.person('supervisor');
  await open(page, stage.product.url, 'dialling');
  const before = await versionShown(page);
  const agents = page.getByTestId('rule-agent');
  await expect(agents).toContainText('座席员');
  await expect(agents.getByRole('checkbox', { name: '国际及港澳台' })).not.toBeChecked();
  await expect(agents.getByRole('checkbox', { name: '付费号码' })).not.toBeChecked();
  const number = page.getByTestId('check-number').locator('input');
  await number.fill('0085221234567');
  await number.press('Enter');
  await expect(page.getByTestId('check-answer')).toContainText('不可以拨打');
  await page.screenshot({ path: info.outputPath('dialling.png') });
  await number.fill('abc');
  await number.press('Enter');
  await expect(page.getByTestId('check-answer')).toContainText('dial.not-a-number');
  await page.getByLabel('主叫号码').fill('nobody');
  await page.getByTestId('rules-save').click();
  await expect(page.getByTestId('rules')).toContainText('3 至 15 位数字');
  await page.getByLabel('主叫号码').fill('01065541111');
  await page.getByTestId('rules-save').click();
  await expect(page.getByTestId('rules-version')).toContainText(`第 ${before + 1} 版`);
  await expect(page.getByLabel('主叫号码')).toHaveValue('01065541111');
});

test('rules that another changed meanwhile are not overwritten', async ({ stage }) => {
  const [page, other] = [await stage.person('supervisor'), await stage.person('supervisor')];
  for (const each of [page, other]) await open(each, stage.product.url, 'dialling');
  const before = await versionShown(other);
  await other.getByLabel('主叫名称').fill('总机');
  await other.getByTestId('rules-save').click();
  await expect(other.getByTestId('rules-version')).toContainText(`第 ${before + 1} 版`);
  await page.getByLabel('主叫名称').fill('前台');
  await page.getByTestId('rules-save').click();
  await expect(page.getByTestId('refusal')).toHaveAttribute('data-code', 'policy.changed-meanwhile');
  await expect(page.getByLabel('主叫名称')).toHaveValue('前台');
});

test('the phone book is searched, added to, changed and shortened', async ({ stage }, info) => {
  const page = await stage.person('supervisor');
  await open(page, stage.product.url, 'phone-book');
  const book = page.getByTestId('phone-book');
  await expect(book).toContainText('客房部');
  await page.getByTestId('entry-search').fill('8103');
  await expect(book.locator('tbody tr.ant-table-row')).toHaveCount(1);
  await page.getByTestId('entry-search').fill('nothing like it');
  await expect(page.locator('main')).toContainText('没有符合的条目');
  await page.getByTestId('entry-search').fill('');
  await page.getByTestId('entry-add').click();
  const form = page.getByTestId('entry-form');
  await form.getByLabel('中文名称').fill('机场接送');
  await form.getByLabel('英文名称').fill('Airport cars');
  await form.getByLabel('号码').fill('not a number');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(form.getByTestId('refusal')).toHaveAttribute('data-code', 'dial.not-a-number');
  await form.getByLabel('号码').fill('8109');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(book).toContainText('机场接送');
  await page.screenshot({ path: info.outputPath('phone-book.png') });
  await book.getByRole('button', { name: '修改 机场接送' }).click();
  await form.getByLabel('英文名称').fill('Airport transfer');
  await form.getByRole('button', { name: /保\s*存/ }).click();
  await expect(book).toContainText('Airport transfer');
  await book.getByRole('button', { name: '删除 机场接送' }).click();
  await page
    .locator('.ant-popconfirm')
    .getByRole('button', { name: /删\s*除/ })
    .click();
  await expect(book).not.toContainText('机场接送');
});

test('a lead reads the settings and changes nothing; an agent has none', async ({ stage }, info) => {
  const page = await stage.person('lead');
  await page.getByTestId('nav-settings').click();
  // The first of the pages is open.
  await expect(page).toHaveURL(/settings\/\w+/);
  await page.getByTestId('settings-prompts').click();
  await expect(page.getByTestId('prompt-add')).toHaveCount(0);
  await page.getByTestId('settings-phone-book').click();
  await expect(page.getByTestId('phone-book')).toContainText('客房部');
  await expect(page.getByTestId('entry-add')).toHaveCount(0);
  await page.getByTestId('settings-dialling').click();
  await expect(page.getByTestId('rules-save')).toHaveCount(0);
  await expect(page.getByLabel('主叫号码')).toBeDisabled();
  await page.getByTestId('locale').click();
  await expect(page.locator('main h1').first()).toHaveText('Settings');
  await page.screenshot({ path: info.outputPath('dialling-en.png') });
  const { page: agent } = await stage.agent('801');
  await expect(agent.getByTestId('nav-settings')).toHaveCount(0);
});
