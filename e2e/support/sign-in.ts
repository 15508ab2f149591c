import { expect, type Page } from "@playwright/test";

/** Fill in the sign-in page and send it. */
export async function trySignIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "用户名" }).fill(username);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
}

/** Sign in from the sign-in page, and arrive on the overview. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto("/login");
  await trySignIn(page, username, password);
  await expect(page.getByRole("button", { name: `账号：${username}` })).toBeVisible();
}

/** The complaint on a page. (Next's own announcer is an alert as well, outside of main.) */
export const complaint = (page: Page) => page.getByRole("main").getByRole("alert");
