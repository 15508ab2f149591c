import { expect, test } from "./support/fixtures";

test("without a network the page stays, says so, and no strip is empty", async ({ open }) => {
  const page = await open("support");
  await page.goto("/operations");
  await expect(page.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
  await page.context().setOffline(true);
  await expect(page.getByText(/网络已断开，显示的是 \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} 读到的数据/)).toBeVisible();

  await page.getByRole("combobox", { name: "查找额度卡" }).fill("13800000000");
  await expect(page.getByRole("status").filter({ hasText: "无法连接到控制台服务器" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账单" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();

  await page.context().setOffline(false);
  await expect(page.getByText("网络已断开")).toHaveCount(0);
});
