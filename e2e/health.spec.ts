import { expect, test } from "./support/fixtures";

test("the health page says what the console's database role is, and which key encrypts", async ({ admin }) => {
  await admin.goto("/health");
  const system = admin.getByRole("main").locator("section").filter({ hasText: "数据库大小" });
  await expect(system.getByText("cardesk_app", { exact: true })).toBeVisible();
  await expect(system).not.toContainText("拥有全部权限");
  await expect(system.getByText(/^k1：用于加密新数据/)).toBeVisible();
});
