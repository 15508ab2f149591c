import { expect, type Locator, type Page } from "@playwright/test";
import { openMenu } from "./menus";
import type { OwnCard } from "./own-cards";

/** The menu of one card in the table; what is blocked in it says why. */
export async function openCardMenu(page: Page, card: OwnCard): Promise<Locator> {
  await page.goto(`/cards?id=${card.id}`);
  return openMenu(page, `${card.name} 的操作`);
}

/** From the card's row to the open transfer dialog. */
export async function openTransfer(page: Page, card: OwnCard): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "转让额度" });
  // A click from before the page was hydrated is done again then, and may close the menu that a later one opened.
  await expect(async () => {
    const item = (await openCardMenu(page, card)).getByRole("menuitem", { name: "转让额度" });
    await item.click({ timeout: 2_000 });
    await expect(dialog).toBeVisible({ timeout: 5_000 });
  }).toPass();
  return dialog;
}

/** Type what a person would; the only card of a whole phone, code or id is taken at once. */
export async function chooseTarget(dialog: Locator, text: string, target: OwnCard): Promise<void> {
  await dialog.getByRole("textbox", { name: "转入卡" }).fill(text);
  await expect(dialog.getByRole("button", { name: "换一张" })).toBeVisible();
  await expect(dialog).toContainText(target.name);
}

/** Everything up to the confirmation: target, amount, preview. */
export async function previewTransfer(page: Page, from: OwnCard, to: OwnCard, amount: number): Promise<Locator> {
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill(String(amount));
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(confirmButton(dialog, amount)).toBeVisible();
  return dialog;
}

export const confirmButton = (dialog: Locator, amount: number): Locator =>
  dialog.getByRole("button", { name: `转让 ${amount} 次`, exact: true });

/** The one line that says what became of it, in a dialog or on the operation's page. */
export const outcome = (place: Locator): Locator => place.getByRole("status").filter({ hasText: /\S/ });

/** Follow a link to an operation and wait for its page: until then the page that is left stands, with lines of its own. */
export async function openOperation(page: Page, link: Locator): Promise<Locator> {
  await link.click();
  await expect(page).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
  return page.getByRole("main");
}
