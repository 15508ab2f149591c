import { expect, type Locator, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { openMenu } from "./menus";

/** What an authenticator app shows `seconds` from now. */
export const codeOf = (secret: string, seconds = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + seconds * 1000 });

/** Open a dialog of the account page; a click from before the page was hydrated is done again. */
export async function openAccountDialog(page: Page, button: string, title = button): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: title, exact: true });
  await page.goto("/account");
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name: button, exact: true }).click();
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  return dialog;
}

/** Read the recovery codes shown once, say that they are kept, and close. */
export async function keepRecoveryCodes(page: Page): Promise<string[]> {
  const dialog = page.getByRole("dialog", { name: "恢复代码", exact: true });
  const items = dialog.getByRole("list", { name: "恢复代码" }).getByRole("listitem");
  await expect(items).toHaveCount(10);
  const codes = await items.allTextContents();
  await dialog.getByRole("checkbox", { name: "我已保存" }).check();
  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(dialog).toHaveCount(0);
  return codes.map((code) => code.trim());
}

/** Set up an authenticator app on the account page; returns its secret and the recovery codes. */
export async function addApp(page: Page): Promise<{ secret: string; codes: string[] }> {
  const dialog = await openAccountDialog(page, "添加身份验证器应用");
  await expect(dialog.getByRole("img", { name: "身份验证器应用的二维码" })).toBeVisible();
  const secret = String(await dialog.getByRole("status", { name: "密钥" }).textContent()).trim();
  await dialog.getByRole("textbox", { name: "验证码" }).fill(codeOf(secret));
  await dialog.getByRole("button", { name: "确认", exact: true }).click();
  return { secret, codes: await keepRecoveryCodes(page) };
}

/** At the second step of a sign-in: type a code. */
export async function showCode(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "验证码" }).fill(code);
  await page.getByRole("button", { name: "继续", exact: true }).click();
}

/** At the second step of a sign-in: type a recovery code instead. */
export async function showRecoveryCode(page: Page, code: string): Promise<void> {
  await page.getByRole("button", { name: "使用恢复代码" }).click();
  await page.getByRole("textbox", { name: "恢复代码" }).fill(code);
  await page.getByRole("button", { name: "继续", exact: true }).click();
}

/** Give the page's browser a device that makes passkeys and verifies its user without asking. */
export async function addAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Sign out by the account menu. */
export async function signOut(page: Page, name: string): Promise<void> {
  await (await openMenu(page, `账号：${name}`)).getByRole("menuitem", { name: "退出登录" }).click();
  await expect(page).toHaveURL(/\/login$/);
}
