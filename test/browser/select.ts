import { expect, type Locator } from '@playwright/test';

/**
 * Takes an option of a select, the first one without a name. The list is found by the field's own word: the list of
 * another field may be on the page still, while it closes. One that takes several stays open.
 */
export async function choose(field: Locator, option?: string): Promise<void> {
  await field.click();
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  const listId = (await field.getAttribute('aria-controls')) ?? '';
  const list = field
    .page()
    .locator('.ant-select-dropdown', { has: field.page().locator(`[id="${listId}"]`) });
  const options = list.locator('.ant-select-item-option');
  await (option === undefined ? options : options.and(list.getByTitle(option))).first().click();
}
