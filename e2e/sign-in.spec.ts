import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { holdActions } from "./support/hold-actions";
import { openMenu } from "./support/menus";
import { openReady } from "./support/pages";
import { complaint, signIn, trySignIn } from "./support/sign-in";
import { chooseTarget, confirmButton, openTransfer, outcome } from "./support/transferring";
import { choosePassword, createUser, freshName } from "./support/users";

test("a right password opens the console, and signing out closes it", async ({ anonymous, cardesk }) => {
  await signIn(anonymous, "support", cardesk.password);
  await expect(anonymous).toHaveURL(`${cardesk.url}/`);
  await expect(anonymous.getByRole("heading", { level: 1, name: "概览" })).toBeVisible();

  await (await openMenu(anonymous, "账号：support")).getByRole("menuitem", { name: "退出登录" }).click();
  await expect(anonymous).toHaveURL(/\/login$/);
  await anonymous.goto("/operations");
  await expect(anonymous).toHaveURL(/\/login\?callbackUrl=%2Foperations$/);
});

test("a wrong password and a wrong name are refused with the same words", async ({ anonymous }) => {
  await anonymous.goto("/login");
  await trySignIn(anonymous, "support", "certainly not this one");
  await expect(complaint(anonymous)).toContainText("用户名或密码不正确，或者该用户已被停用。");
  const words = String(await complaint(anonymous).textContent());
  await expect(anonymous.getByRole("button", { name: "登录", exact: true })).not.toHaveAttribute("aria-busy");

  await trySignIn(anonymous, `nobody-${randomBytes(4).toString("hex")}`, "certainly not this one");
  await expect(complaint(anonymous)).toHaveText(words);
  await expect(anonymous.getByLabel("密码", { exact: true })).toBeFocused();
  await expect(anonymous).toHaveURL(/\/login$/);
});

test("what is typed while a try is being checked stays for the next one", async ({ anonymous, cardesk }) => {
  await anonymous.goto("/login");
  const check = await holdActions(anonymous);
  await trySignIn(anonymous, "support", "certainly not this one");
  await expect(anonymous.getByRole("button", { name: "登录", exact: true })).toHaveAttribute("aria-busy");
  await anonymous.getByLabel("密码", { exact: true }).fill(cardesk.password);
  check();
  await expect(complaint(anonymous)).toContainText("用户名或密码不正确");
  await expect(anonymous.getByLabel("密码", { exact: true })).toHaveValue(cardesk.password);
  await anonymous.getByRole("button", { name: "登录", exact: true }).click();
  await expect(anonymous.getByRole("button", { name: "账号：support" })).toBeVisible();
});

test("guessing one name's password is slowed down, and says for how long", async ({ anonymous, open, cardesk }) => {
  const name = `victim-${randomBytes(4).toString("hex")}`;
  await anonymous.goto("/login");
  for (let free = 0; free < 5; free++) {
    await guess(anonymous, name);
    await expect(complaint(anonymous)).toContainText("用户名或密码不正确");
  }
  await guess(anonymous, name);
  await expect(complaint(anonymous)).toContainText(/尝试次数过多，请在 \d+ 分钟后重试。/);

  const other = await open(null);
  await signIn(other, "support", cardesk.password);
});

test("who is guessed at comes in from a browser in which they signed in before", async ({ admin, anonymous, open }) => {
  const person = { name: freshName(), password: "a long enough password 1" };
  const known = await open(null);
  await choosePassword(known, await createUser(admin, person.name, "客服"), person);
  await (await openMenu(known, `账号：${person.name}`)).getByRole("menuitem", { name: "退出登录" }).click();
  await expect(known).toHaveURL(/\/login$/);

  await anonymous.goto("/login");
  for (let free = 0; free < 6; free++) await guess(anonymous, person.name);
  await guess(anonymous, person.name, person.password);
  await expect(complaint(anonymous)).toContainText("尝试次数过多");

  await signIn(known, person.name, person.password);
});

/** Send a password, and wait for the answer. */
async function guess(page: Page, name: string, password = "one more guess"): Promise<void> {
  const answered = page.waitForResponse((response) => "next-action" in response.request().headers());
  await trySignIn(page, name, password);
  await answered;
  await expect(page.getByRole("button", { name: "登录", exact: true })).not.toHaveAttribute("aria-busy");
}

test("after signing in one is where one wanted to be", async ({ anonymous, cardesk }) => {
  await anonymous.goto("/operations?states=unknown");
  await expect(anonymous).toHaveURL(/\/login\?callbackUrl=/);
  await trySignIn(anonymous, "support", cardesk.password);
  await expect(anonymous).toHaveURL(`${cardesk.url}/operations?states=unknown`);
});

test("a link that is followed without a session leads to the sign-in page, and from there to where it led", async ({
  open,
  cardesk,
}) => {
  const page = await open("support");
  await openReady(page, "/billing");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const read: (string | undefined)[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/operations") read.push(request.headers().rsc);
  });
  // A poll that is answered without a session asks for the password over the page, and the link is below that dialog.
  await page.route("**/api/**", () => {});
  await page.context().clearCookies({ name: /session-token/ });
  await page.getByRole("navigation").locator('a[href="/operations"]').click();
  await expect(page).toHaveURL(`${cardesk.url}/login?callbackUrl=%2Foperations`);
  // Next's router asked, and followed the redirect as one page of the console leads to another.
  expect(read[0]).toBe("1");
  await trySignIn(page, "support", cardesk.password);
  await expect(page).toHaveURL(`${cardesk.url}/operations`);
  await expect(page.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
});

test("a link that asks to go to another site after signing in stays here", async ({ anonymous, cardesk }) => {
  for (const target of ["https://example.invalid/", "//example.invalid", "/\\example.invalid"]) {
    await anonymous.context().clearCookies();
    await anonymous.goto(`/login?callbackUrl=${encodeURIComponent(target)}`);
    await trySignIn(anonymous, "support", cardesk.password);
    await expect(anonymous).toHaveURL(`${cardesk.url}/`);
  }
});

test("who is signed in already does not see the sign-in page", async ({ support, cardesk }) => {
  await support.goto("/login?callbackUrl=/billing");
  await expect(support).toHaveURL(`${cardesk.url}/billing`);
});

test("a session that ends inside a dialog is opened again in place, and the form keeps what was typed", async ({
  open,
  cardesk,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const page = await open("operator");
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("3");
  await page.context().clearCookies({ name: /session-token/ });
  await dialog.getByRole("button", { name: "预览" }).click();

  const again = page.getByRole("dialog", { name: "登录已失效" });
  await expect(again.getByLabel("用户名")).toHaveValue("operator");
  await expect(again.getByLabel("密码")).toBeFocused();
  await again.getByLabel("密码").fill("not the password");
  await again.getByRole("button", { name: "重新登录" }).click();
  await expect(again.getByRole("alert")).toContainText("用户名或密码不正确");
  await again.getByLabel("密码").fill(cardesk.password);
  await again.getByRole("button", { name: "重新登录" }).click();
  await expect(again).toHaveCount(0);

  // Nothing went on by itself; the same press does it now.
  await expect(dialog.getByRole("textbox", { name: "转让次数" })).toHaveValue("3");
  await dialog.getByRole("button", { name: "预览" }).click();
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("a page is its user's: after somebody else signed in in another tab nothing pressed on it is done as them", async ({
  open,
  cardesk,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const page = await open(null);
  await signIn(page, "operator", cardesk.password);
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("3");

  const other = await page.context().newPage();
  await other.goto("/");
  await other.getByRole("button", { name: "账号：operator" }).click();
  await other.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(other).toHaveURL(/\/login/);
  await signIn(other, "admin", cardesk.password);

  await dialog.getByRole("button", { name: "预览" }).click();
  const again = page.getByRole("dialog", { name: "登录已失效" });
  await expect(again.getByLabel("用户名")).toHaveValue("operator");
  await expect(confirmButton(dialog, 3)).toHaveCount(0);
  await again.getByLabel("密码").fill(cardesk.password);
  await again.getByRole("button", { name: "重新登录" }).click();
  await expect(again).toHaveCount(0);
  await dialog.getByRole("button", { name: "预览" }).click();
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);

  // Now it is the other tab that shows somebody who is not signed in.
  await other.getByRole("button", { name: "刷新余额" }).click();
  await expect(other.getByRole("dialog", { name: "登录已失效" }).getByLabel("用户名")).toHaveValue("admin");
});
