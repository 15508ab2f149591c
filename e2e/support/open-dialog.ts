import { expect, type Locator, type Page } from "@playwright/test";

/** Press a button of the page until the dialog it opens is there: a press from before the page was hydrated is lost. */
export async function openDialog(page: Page, button: string, title: string): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: title });
  await expect(async () => {
    if (!(await dialog.isVisible()))
      await page.getByRole("main").getByRole("button", { name: button, exact: true }).click({ timeout: 2_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return dialog;
}
