import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../services/failure.mjs';
import { CHECKOUT } from '../services/home.mjs';
import { openDemo } from './demo.mjs';
import { answer, hold, People, shows, writeRecord } from './people.mjs';

const FOLDER = join(CHECKOUT, 'docs/screenshots');
const MOST_BYTES = 300_000;

/** Plays a small shift in the demo and takes the three desks' pictures in both languages. */
export async function takeScreenshots() {
  const say = (/** @type {string} */ line) => console.log(line);
  await mkdir(FOLDER, { recursive: true });
  const demo = await openDemo(say);
  try {
    const people = await People.gather(demo);
    try {
      await playShift(people);
    } finally {
      await people.leave();
    }
  } finally {
    await demo.stop();
  }
  return 0;
}

/** @param {People} people */
async function playShift(people) {
  const lead = await people.signedIn('lead');
  const agent = await people.readyAgent('801');
  const customer = await people.caller();
  await answer(agent);
  const second = await people.readyAgent('802');
  await people.caller();
  await answer(second);
  const away = await people.signedIn('804');
  await away.getByTestId('presence-not-ready').click();
  await away.getByTestId('presence-break').click();
  await hold(agent, '30');
  await agent.waitForTimeout(6_000);
  await agent.getByTestId('resume').click();
  await shows(agent, 'talking');
  await writeRecord(agent, '预订 12 月 3 日大床房两晚，要高楼层、安静的房间。');
  await agent.getByTestId('from-number').click();
  await picture(agent, 'desk');

  await hold(second, '60');
  const third = await people.readyAgent('803');
  await people.readyAgent('805');
  await people.caller();
  await shows(third, 'ringing');
  await lead.locator('[data-testid="agent"][data-agent="803"][data-state="ringing"]').waitFor();
  await picture(lead, 'floor');

  await customer.getByTestId('hang-up').click();
  await shows(agent, 'wrap-up');
  await agent.getByTestId('wrapup-complete').click();
  await agent.getByTestId('idle').waitFor();
  await pictureReview(await people.signedIn('inspector'));
}

/** @param {import('@playwright/test').Page} page */
async function pictureReview(page) {
  const stored = page.locator('[data-recording="stored"]');
  for (let attempt = 0; (await stored.count()) === 0; attempt += 1) {
    if (attempt === 30) throw new Failure('The recording was not stored.', 'See worker.log of the demo.');
    await page.waitForTimeout(1_000);
    await page.reload();
    await page.getByTestId('review-rows').waitFor();
  }
  await page.locator('tr.ant-table-row').filter({ has: stored }).first().click();
  await page.getByTestId('waveform').waitFor();
  await page.getByTestId('accept-all').click();
  const item = page.locator('[data-testid="form-item"][data-clause="24.14"]');
  await item.getByTestId('evidence').first().click();
  await page.waitForTimeout(3_000);
  await page.getByTestId('play').click();
  await picture(page, 'review');
}

/**
 * The page in Chinese and in English, once nothing that comes and goes is in the way.
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 */
async function picture(page, name) {
  for (const locale of ['zh-CN', 'en']) {
    await page.locator(`html[lang="${locale}"]`).waitFor();
    // Texts and fonts of a language are fetched when it is first chosen.
    await page.waitForLoadState('networkidle');
    await page.locator('.ant-message-notice').waitFor({ state: 'detached' });
    await page.mouse.move(0, 0);
    const path = join(FOLDER, `${name}.${locale}.png`);
    await page.screenshot({ path });
    const { size } = await stat(path);
    if (size > MOST_BYTES)
      throw new Failure(`${path} has ${size} bytes.`, `At most ${MOST_BYTES} are wanted.`);
    console.log(`  ${name}.${locale}.png  ${Math.round(size / 1000)} kB`);
    await page.getByTestId('locale').click();
  }
}
