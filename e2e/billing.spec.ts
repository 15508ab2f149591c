import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";
import { passingText } from "./support/passing-text";

const header = (page: Page) => page.getByRole("banner").getByRole("button", { name: /^Talk-Bot 账户/ });
const panel = (page: Page) => page.getByRole("main");

test("what is left of the account stands in the header, and to the last digit on the billing page", async ({
  support,
}) => {
  await support.goto("/operations");
  await expect(header(support)).toHaveText(/\d+\.\d{2}$/);
  await header(support).click();
  const account = support.getByRole("dialog", { name: "Talk-Bot 账户" });
  await expect(account.getByText("共 210.000000")).toBeVisible();
  await expect(account.getByText(/^\d+\.\d{6}$/).first()).toBeVisible();

  await account.getByRole("link", { name: "查看账单" }).click();
  await expect(support).toHaveURL(/\/billing$/);
  await expect(panel(support).getByText("共 2,100,000.000000")).toBeVisible();
  await expect(panel(support).getByRole("heading", { name: "近 30 天每日用量" })).toBeVisible();
});

test("while the bill can't be read, the last good numbers stay, with their age and the reason", async ({
  support,
  sandbox,
}) => {
  await support.goto("/billing");
  const left = panel(support)
    .getByText(/^[\d,]+\.\d{6}$/)
    .first();
  await expect(left).toBeVisible();
  const good = String(await left.textContent());

  await sandbox.fault({ fault: "html-502", match: { upstream: "talkbot" } });
  const reason = panel(support)
    .getByText(/更新.*·/)
    .first();
  await expect(async () => {
    await support.reload();
    await expect(reason).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(reason).toContainText("Talk-Bot");
  await expect(left).toHaveText(good);
  // A day of the usage table may have cost nothing: the first one after midnight in Beijing has. Its axis begins at 0.
  const zero = panel(support)
    .getByText(/^0(\.0+)?$/)
    .and(support.locator(":not(td):not([aria-hidden])"));
  await expect(zero).toHaveCount(0);
  await expect(header(support)).not.toHaveText(/—|(^|\D)0\.00$/);

  await sandbox.clearFaults();
  await expect(async () => {
    await support.reload();
    await expect(reason).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test("below the line an administrator draws, the balance is a warning on every page", async ({ admin, support }) => {
  const line = async (below: string) => {
    await openReady(admin, "/settings");
    await admin.getByRole("textbox", { name: "提醒线" }).fill(below);
    const saved = passingText(admin, "已保存");
    await admin.getByRole("textbox", { name: "提醒线" }).press("Enter");
    await saved;
  };
  await line("99999");
  await support.goto("/operations");
  await header(support).click();
  await expect(support.getByRole("dialog", { name: "Talk-Bot 账户" })).toContainText("剩余金额低于提醒线 99,999");
  await line("0");
  await support.reload();
  await header(support).click();
  await expect(support.getByRole("dialog", { name: "Talk-Bot 账户" })).toContainText("共 210.000000");
  await expect(support.getByRole("dialog", { name: "Talk-Bot 账户" })).not.toContainText("低于提醒线");
});

test("a setting that somebody else changed meanwhile is not overwritten: its form says so", async ({ admin, open }) => {
  const colleague = await open("admin");
  const line = (page: Page) => page.getByRole("textbox", { name: "提醒线" });
  for (const page of [admin, colleague]) await openReady(page, "/settings");
  const shown = await line(admin).inputValue();
  await line(colleague).fill(shown === "3" ? "4" : "3");
  const saved = passingText(colleague, "已保存");
  await line(colleague).press("Enter");
  await saved;

  await line(admin).fill("5");
  await line(admin).press("Enter");
  await expect(admin.getByRole("alert").filter({ hasText: "数据已被他人修改，请刷新后重试。" })).toBeVisible();
  await openReady(admin, "/settings");
  await expect(line(admin)).toHaveValue(shown === "3" ? "4" : "3");
  // As other journeys of this console expect it.
  await line(admin).fill(shown);
  const restored = passingText(admin, "已保存");
  await line(admin).press("Enter");
  await restored;
});

test("the daily usage has an axis of round amounts, and says what it measures", async ({ support }) => {
  const usage = panel(support).locator("figure").filter({ hasText: "近 30 天每日用量" });
  // The first poll of the usage may be still under way.
  await expect(async () => {
    await support.goto("/billing");
    await expect(usage).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(usage).toContainText("费用");
  const ticks = usage.locator("span[aria-hidden]").filter({ hasText: /^[\d,]+(\.\d+)?$/ });
  await expect(ticks.filter({ hasText: /^0(\.0+)?$/ })).toHaveCount(1);
  // Three or four, and one unseen that keeps their place.
  expect([4, 5]).toContain(await ticks.count());
});
