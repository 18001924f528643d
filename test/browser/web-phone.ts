import { type BrowserContext, expect, type Page } from '@playwright/test';

/** A customer with the web phone. */
export class WebPhone {
  private constructor(readonly page: Page) {}

  static async open(context: BrowserContext, url: string): Promise<WebPhone> {
    const page = await context.newPage();
    await page.goto(`${url}/phone`);
    return new WebPhone(page);
  }

  async calls(): Promise<void> {
    await this.page.getByTestId('call').click();
    await this.expectStage('connected');
  }

  async hangsUp(): Promise<void> {
    await this.page.getByTestId('hang-up').click();
    await this.expectStage('ended');
  }

  async expectStage(stage: string, timeout = 15_000): Promise<void> {
    await expect(this.page.getByTestId('web-phone')).toHaveAttribute('data-stage', stage, { timeout });
  }
}
