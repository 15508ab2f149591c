import { expect, test } from "./support/fixtures";

test("the health page says what the console's database role is, and which key encrypts", async ({ admin }) => {
  await admin.goto("/health");
  const system = admin.getByRole("main").locator("section").filter({ hasText: "数据库大小" });
  await expect(system.getByText("cardesk_app", { exact: true })).toBeVisible();
  await expect(system).not.toContainText("拥有全部权限");
  await expect(system.getByText(/^k1：用于加密新数据/)).toBeVisible();
});

test("the health page checks what the installation stands on, and says what to do", async ({ admin }) => {
  await admin.goto("/health");
  const checks = admin.getByRole("main").locator("section").filter({ hasText: "npm run doctor" });
  await expect(checks.getByText("已确认的写入在崩溃后仍在。")).toBeVisible();
  await expect(checks.getByText("还没有备份。请运行 npm run backup -- FILE。")).toBeVisible();
  await expect(checks.getByText("已是最新。")).toBeVisible();
});
