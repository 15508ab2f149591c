import { expect, type Page } from "@playwright/test";

/** Search the operations for a text, which stays out of the URL. Filled again until the page has taken it. */
export async function findOperations(page: Page, text: string): Promise<void> {
  await page.goto("/operations");
  const search = page.getByRole("search", { name: "筛选操作" });
  await expect(async () => {
    await search.getByRole("textbox", { name: "手机号、兑换码或备注" }).fill(text);
    await search.getByRole("button", { name: "查询" }).click();
    await expect(page).toHaveURL(/\/operations\?.*\bq=\w+/, { timeout: 2_000 });
  }).toPass();
  expect(decodeURIComponent(page.url())).not.toContain(text);
}
