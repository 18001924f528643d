import { type BrowserContext, expect, type Page } from '@playwright/test';
import { demoPassword } from '../support/api-client.js';
import { choose } from './select.js';

export async function signIn(page: Page, login: string): Promise<void> {
  await page.getByTestId('login').fill(login);
  await page.getByTestId('password').fill(demoPassword);
  await page.getByTestId('sign-in').click();
  await expect(page.getByTestId('person')).toBeVisible();
}

/** An agent in front of the desk's page; does what a person does there. */
export class AgentDesk {
  constructor(
    readonly page: Page,
    readonly number: string,
  ) {}

  static async open(context: BrowserContext, url: string, number: string): Promise<AgentDesk> {
    const page = await context.newPage();
    await page.goto(url);
    await signIn(page, number);
    return new AgentDesk(page, number);
  }

  /** Ready, which the server allows once the softphone is registered. */
  async ready(): Promise<void> {
    await expect(async () => {
      if ((await this.presence()) !== 'ready')
        await this.page.getByTestId('presence-ready').click({ timeout: 1_000 });
      await this.expectPresence('ready', 2_000);
    }).toPass({ timeout: 20_000 });
  }

  async presence(): Promise<string | null> {
    return this.page.getByTestId('presence').getAttribute('data-state');
  }

  async expectPresence(state: string, timeout = 15_000): Promise<void> {
    await expect(this.page.getByTestId('presence')).toHaveAttribute('data-state', state, { timeout });
  }

  async expectPhase(phase: string, timeout = 15_000): Promise<void> {
    await expect(this.page.getByTestId('call')).toHaveAttribute('data-phase', phase, { timeout });
  }

  async rings(): Promise<void> {
    await this.expectPhase('ringing');
    await expect(this.page.getByTestId('answer')).toBeEnabled();
  }

  async answers(): Promise<void> {
    await this.rings();
    await this.page.keyboard.press('a');
    await this.expectPhase('talking');
  }

  /** Why, whether the customer agrees, how long: nothing else is asked, and nothing less. */
  async holds(limitSeconds: 15 | 30 | 45 | 60): Promise<void> {
    await this.page.keyboard.press('h');
    await expect(this.page.getByTestId('hold-confirm')).toBeDisabled();
    await this.page.getByTestId('hold-reason').getByRole('radio').first().check();
    await this.page.getByTestId('hold-consent').locator('label').first().click();
    await this.page.getByTestId('hold-limit').getByText(String(limitSeconds)).click();
    await this.page.getByTestId('hold-confirm').click();
    await this.expectPhase('held');
  }

  async resumes(): Promise<void> {
    await this.page.keyboard.press('r');
    await this.expectPhase('talking');
  }

  async fillsWrapUp(note = '预订一间大床房'): Promise<void> {
    const { page } = this;
    await choose(page.locator('#wrapup-outcome'));
    await page.getByTestId('wrapup-customer-name').fill('王芳');
    await page.getByTestId('wrapup-customer-number').fill('13812346021');
    await page.getByTestId('wrapup-nameReadBack').check();
    await page.getByTestId('wrapup-numberReadBack').check();
    await page.getByTestId('wrapup-note').fill(note);
  }

  async wrapsUp(): Promise<void> {
    await this.completesRecord();
    await this.expectPresence('ready');
  }

  /** Whoever's softphone is away at that moment is not ready afterwards. */
  async completesRecord(): Promise<void> {
    await this.expectPhase('wrap-up');
    await this.fillsWrapUp();
    await this.page.getByTestId('wrapup-complete').click();
  }
}
