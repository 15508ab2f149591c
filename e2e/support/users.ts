import { randomBytes } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { openMenu } from "./menus";
import { openDialog } from "./open-dialog";

export type Person = { name: string; password: string };

/** A name nobody has yet. */
export const freshName = (): string => `ming-${randomBytes(4).toString("hex")}`;

/** An administrator makes a user on the users page; returns the one-time link shown. */
export async function createUser(admin: Page, name: string, role: "客服" | "操作员" | "管理员"): Promise<string> {
  await admin.goto("/users");
  const form = await openDialog(admin, "新建用户", "新建用户");
  await form.getByRole("textbox", { name: "用户名" }).fill(name);
  await form.getByRole("radio", { name: new RegExp(`^${role}`) }).check();
  await form.getByRole("button", { name: "创建并生成链接" }).click();
  return takeLink(admin, name);
}

/** Read the one-time link in the dialog that hands it over, and close the dialog. */
export async function takeLink(admin: Page, name: string): Promise<string> {
  const handOver = admin.getByRole("dialog", { name: `请转交给“${name}”` });
  const link = String(await handOver.getByRole("status", { name: "一次性链接" }).textContent());
  await handOver.getByRole("button", { name: "已复制，关闭" }).click();
  return link.trim();
}

/** The person opens the link and chooses a password; the console opens. */
export async function choosePassword(page: Page, link: string, { name, password }: Person): Promise<void> {
  await page.goto(link);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByLabel("再次输入密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "保存密码并登录" }).click();
  await expect(page.getByRole("button", { name: `账号：${name}` })).toBeVisible();
}

/** Start one of the actions in a user's menu on the users page. */
export async function startUserAction(admin: Page, name: string, action: string): Promise<void> {
  await admin.goto("/users");
  const menu = await openMenu(admin, `用户 ${name} 的操作`);
  await menu.getByRole("menuitem", { name: action }).click();
}
