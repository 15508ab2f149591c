import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { type Person, startOidcProvider, type TestProvider } from "@/test/support/oidc-provider";
import { OIDC_CLIENT_SECRET } from "./support/cardesk";
import { test as base, expect } from "./support/fixtures";
import { makeStale } from "./support/own-session";
import { complaint, signIn } from "./support/sign-in";
import { createUser, freshName, startUserAction } from "./support/users";

/** A console of its own, and a provider at another site: cookies and redirects are as they are in an office. */
const test = base.extend<object, { provider: TestProvider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const provider = await startOidcProvider({ secret: OIDC_CLIENT_SECRET });
      await use(provider);
      await provider.close();
    },
    { scope: "worker" },
  ],
  consoleEnv: [
    async ({ provider }, use) =>
      use({
        // The provider is on this machine, over plain http.
        ALLOW_INSECURE_LOOPBACK_UPSTREAMS: "1",
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: provider.clientId,
        OIDC_CLIENT_SECRET,
        OIDC_NAME: "Example",
        OIDC_ROLES: "desk-ops=operator,desk=support",
      }),
    { scope: "worker" },
  ],
});

let count = 0;
const person = (groups: string[]): Person => {
  const name = `sso-${++count}`;
  return { sub: name, preferred_username: name, groups };
};
const SIGN_IN = "用 Example 登录";

/** Press a button until it leads away: a press from before the page was hydrated is lost. */
async function leave(page: Page, name: string): Promise<void> {
  const from = page.url();
  await expect(async () => {
    if (page.url() !== from) return;
    await page.getByRole("button", { name }).click({ timeout: 2_000 });
    await expect(page).not.toHaveURL(from, { timeout: 5_000 });
  }).toPass();
}

test("who has a role by the claim comes in, where they wanted to go; without one they read why not", async ({
  open,
  provider,
  cardesk,
}) => {
  const who = person(["desk-ops"]);
  provider.person = who;
  const page = await open(null);
  await page.goto("/operations");
  await leave(page, SIGN_IN);
  await expect(page).toHaveURL(/\/operations$/);
  await expect(page.getByRole("button", { name: `账号：${who.preferred_username}` })).toBeVisible();
  await page.goto("/account");
  await expect(page.getByText("每次登录时由 Example 决定你的角色")).toBeVisible();
  await expect(page.getByRole("button", { name: "解除关联" })).toHaveCount(0);
  await expect(page.getByLabel("当前密码", { exact: true })).toHaveCount(0);

  provider.person = { ...who, groups: [] };
  const elsewhere = await open(null);
  await elsewhere.goto("/login");
  await leave(elsewhere, SIGN_IN);
  await expect(complaint(elsewhere)).toContainText("你没有此控制台的访问权限");
  // Their session here has ended.
  await page.goto("/cards");
  await expect(page).toHaveURL(/\/login\?/);
  expect(readFileSync(cardesk.logFile, "utf8")).not.toContain(OIDC_CLIENT_SECRET);
});

test("whoever says no at the provider is back at the sign-in page, in words", async ({ open, provider }) => {
  provider.person = person(["desk"]);
  provider.agrees = false;
  const page = await open(null);
  await page.goto("/login");
  await leave(page, SIGN_IN);
  await expect(complaint(page)).toContainText("已取消单点登录");
  provider.agrees = true;
  await leave(page, SIGN_IN);
  await expect(page.getByRole("button", { name: `账号：${provider.person.preferred_username}` })).toBeVisible();
});

test("an account is linked and unlinked, and the list of users shows it", async ({
  admin,
  open,
  provider,
  cardesk,
}) => {
  provider.person = person([]);
  const label = String(provider.person.preferred_username);
  const page = await open(null);
  await signIn(page, "support", cardesk.password);
  await page.goto("/account");
  await leave(page, "关联 Example");
  await expect(page.getByRole("main").getByText("账号已关联")).toBeVisible();
  await admin.goto("/users");
  await expect(admin.getByRole("row").filter({ hasText: label })).toContainText("support");

  const second = await open(null);
  await second.goto("/login");
  await leave(second, SIGN_IN);
  await expect(second.getByRole("button", { name: "账号：support" })).toBeVisible();

  const dialog = page.getByRole("dialog", { name: "解除与 Example 的关联" });
  await expect(async () => {
    if (!(await dialog.isVisible()))
      await page.getByRole("button", { name: "解除关联" }).first().click({ timeout: 2_000 });
    await expect(dialog).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await dialog.getByRole("button", { name: "解除关联" }).click();
  await expect(page.getByRole("button", { name: "关联 Example" })).toBeVisible();
  await second.goto("/cards");
  await expect(second).toHaveURL(/\/login\?/);
});

test("a new user's link is completed without a password", async ({ admin, open, provider }) => {
  provider.person = person([]);
  const name = freshName();
  const page = await open(null);
  await page.goto(await createUser(admin, name, "操作员"));
  await leave(page, "用 Example 继续");
  await expect(page.getByRole("button", { name: `账号：${name}` })).toBeVisible();
});

test("a fresh proof is given at the provider, in a tab of its own; what was open goes on", async ({
  admin,
  open,
  provider,
  cardesk,
}) => {
  provider.person = person([]);
  const name = freshName();
  const boss = await open(null);
  await boss.goto(await createUser(admin, name, "管理员"));
  await leave(boss, "用 Example 继续");
  await expect(boss.getByRole("button", { name: `账号：${name}` })).toBeVisible();
  const other = freshName();
  await createUser(admin, other, "客服");
  await boss.goto("/users");
  await makeStale(cardesk, name);
  await startUserAction(boss, other, "停用…");
  const asked = boss.getByRole("dialog", { name: `停用“${other}”` });
  await asked.getByRole("button", { name: "停用该用户" }).click();
  const proof = boss.getByRole("dialog", { name: "再次验证身份" });
  const opened = boss.context().waitForEvent("page");
  await proof.getByRole("button", { name: "用 Example 验证" }).click();
  const tab = await opened;
  await expect(tab.getByRole("main").getByText("已确认是你本人")).toBeVisible();
  await tab.close();
  await proof.getByRole("button", { name: "继续" }).click();
  await expect(boss.getByRole("row").filter({ hasText: other })).toContainText("已停用");
});
