import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Open the menu of a button. One that is pressed before the page is hydrated is filled then; should it not come, a person
 * presses again.
 */
export async function openMenu(page: Page, button: string): Promise<Locator> {
  const menu = page.getByRole("menu");
  await expect(async () => {
    if (!(await menu.isVisible())) await page.getByRole("button", { name: button }).click();
    await expect(menu.locator("[role^=menuitem]").first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return menu;
}
