import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { expectDone, lastSeq, madeSince, orderKeys } from "./support/generating";
import type { OwnCard } from "./support/own-cards";
import { makeStale, openOwnSession, proofOf } from "./support/own-session";
import { chooseTarget, openTransfer, outcome } from "./support/transferring";
import { choosePassword, createUser, freshName } from "./support/users";

type Large = { dialog: Locator; confirm: Locator; typed: Locator };

/** A transfer so large that its amount must be typed, up to its confirmation. */
async function largeTransfer(page: Page, from: OwnCard, to: OwnCard): Promise<Large> {
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("15000");
  await dialog.getByRole("textbox", { name: "备注" }).fill("客户合并账号");
  await dialog.getByRole("button", { name: "预览" }).click();
  const typed = dialog.getByRole("textbox", { name: /^请输入/ });
  await typed.fill("15000");
  return { dialog, typed, confirm: dialog.getByRole("button", { name: "转让 15,000 次" }) };
}

test("a large transfer on a stale proof asks for the password in place, and then happens exactly once", async ({
  anonymous: page,
  cardesk,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ type: "4", balance: 15_000 }, { balance: 5 });
  const session = await openOwnSession(page, "operator", cardesk);
  const { dialog, confirm } = await largeTransfer(page, from, to);
  await session.makeStale();
  await confirm.click();

  const proof = proofOf(page, "operator");
  await expect(proof.box).toBeFocused();
  await expect(proof.box).toHaveAttribute("autocomplete", "current-password");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  await proof.box.fill("not the password");
  await proof.box.press("Enter");
  await expect(proof.dialog).toContainText("当前密码不正确");
  await expect(proof.box).toHaveAttribute("aria-invalid", "true");
  await expect(proof.box).toBeFocused();
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  await proof.box.fill(cardesk.password);
  await proof.dialog.getByRole("button", { name: "验证并继续" }).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await expect(proof.dialog).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 0 });
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 15_005 });
});

test("who cancels the proof finds everything as it was, and may go on later", async ({
  anonymous: page,
  cardesk,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ type: "4", balance: 15_000 }, {});
  const session = await openOwnSession(page, "operator", cardesk);
  const { dialog, confirm, typed } = await largeTransfer(page, from, to);
  await session.makeStale();
  await confirm.click();
  const proof = proofOf(page, "operator");
  await expect(proof.box).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(proof.dialog).toHaveCount(0);
  await expect(dialog.getByRole("alert")).toContainText("没有验证，因此什么都没有执行");
  await expect(confirm).toBeFocused();
  await expect(typed).toHaveValue("15000");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  await page.keyboard.press("Enter");
  await expect(proof.box).toBeFocused();
  await page.keyboard.type(cardesk.password);
  await page.keyboard.press("Enter");
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("an export of keys asks, gives nothing when cancelled, and the whole file after the password", async ({
  anonymous: page,
  cardesk,
  sandbox,
}) => {
  const session = await openOwnSession(page, "operator", cardesk);
  const before = await lastSeq(sandbox);
  await orderKeys(page, "月卡", 3);
  await expectDone(page, 3);
  const made = await madeSince(sandbox, before);
  await session.makeStale();

  const button = page.getByRole("button", { name: /^下载 TXT（3 张）/ });
  const proof = proofOf(page, "operator");
  let downloads = 0;
  page.on("download", () => {
    downloads += 1;
  });
  await button.click();
  await expect(proof.box).toBeFocused();
  await proof.dialog.getByRole("button", { name: "取消" }).click();
  await expect(proof.dialog).toHaveCount(0);
  await expect(button).toBeFocused();
  expect(downloads).toBe(0);

  await button.click();
  await proof.box.fill(cardesk.password);
  const coming = page.waitForEvent("download");
  await proof.box.press("Enter");
  const text = await readFile(await (await coming).path(), "utf8");
  expect(text.trimEnd().split(/\r?\n/).sort()).toEqual([...made].sort());
});

test("on a phone and in English a new user's form waits behind the question and goes on with what was typed", async ({
  anonymous: page,
  cardesk,
  baseURL,
}) => {
  const session = await openOwnSession(page, "admin", cardesk);
  await page.context().addCookies([{ name: "locale", value: "en", url: String(baseURL) }]);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/users");
  const form = page.getByRole("dialog", { name: "New user" });
  // Before the page is hydrated a click opens nothing.
  await expect(async () => {
    if (!(await form.isVisible())) await page.getByRole("button", { name: "New user" }).click({ timeout: 2_000 });
    await expect(form).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const name = freshName();
  await form.getByRole("textbox", { name: "Username" }).fill(name);
  await session.makeStale();
  await form.getByRole("button", { name: "Create and get link" }).click();

  const dialog = page.getByRole("dialog", { name: "Confirm it is you" });
  const box = dialog.getByLabel("Password of admin");
  await expect(box).toBeFocused();
  await expect(dialog.getByRole("button", { name: "Confirm and continue" })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  await box.fill(cardesk.password);
  await box.press("Enter");
  await expect(page.getByRole("dialog", { name: `Share with “${name}”` })).toBeVisible();
});

test("the fifth wrong password ends the session, and the transfer was not made", async ({
  admin,
  anonymous: page,
  cardesk,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ type: "4", balance: 15_000 }, {});
  const name = freshName();
  await choosePassword(page, await createUser(admin, name, "操作员"), { name, password: "a long enough password" });
  const { confirm } = await largeTransfer(page, from, to);
  await makeStale(cardesk, name, { wrong: 4 });
  await confirm.click();
  const proof = proofOf(page, name);
  await proof.box.fill("the fifth guess");
  await proof.box.press("Enter");
  await expect(page.getByRole("dialog", { name: "登录已失效" })).toBeVisible();
  await expect(proof.dialog).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});
