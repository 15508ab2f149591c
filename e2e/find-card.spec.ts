import { randomInt } from "node:crypto";
import type { Page, Request } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { expectDone, lastSeq, madeSince, orderKeys } from "./support/generating";
import { openReady } from "./support/pages";
import { chooseTarget, confirmButton, openTransfer, outcome } from "./support/transferring";

const box = (page: Page) => page.getByRole("combobox", { name: "查找额度卡" });
const cardOption = (page: Page, name: string) =>
  page.getByRole("group", { name: "额度卡" }).getByRole("option", { name: new RegExp(name) });
const wide = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

test("support pastes a phone in any spelling and is on the card's page", async ({ support, ownCards }) => {
  const [card] = await ownCards({ balance: 321 });
  const [a, b, c] = [card.phone.slice(0, 3), card.phone.slice(3, 7), card.phone.slice(7)];
  for (const spelling of [
    card.phone,
    `+86 ${a} ${b} ${c}`,
    `0086-${a}-${b}-${c}`,
    wide(card.phone),
    `  ${a} ${b}${c}\n`,
  ]) {
    await support.goto("/");
    await box(support).fill(spelling);
    await box(support).press("Enter");
    await expect(support, spelling).toHaveURL(new RegExp(`/cards/${card.id}$`));
  }
  await expect(support.getByRole("heading", { level: 1, name: card.name })).toBeVisible();
  await expect(support.getByRole("main")).toContainText("321");
  await expect(support.getByRole("main")).not.toContainText(card.phone);
});

test("a card is found by code, id, nickname and the end of its phone", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  for (const text of [card.code, card.id, card.id.toUpperCase(), card.name, card.name.slice(-4)]) {
    await support.goto("/operations");
    await box(support).fill(text);
    await box(support).press("Enter");
    await expect(support, text).toHaveURL(new RegExp(`/cards/${card.id}$`));
  }
  await support.goto("/operations");
  await box(support).fill(card.phone.slice(-4));
  await expect(support.getByRole("option", { name: new RegExp(card.name) })).toBeVisible();
});

test("of several cards of one phone the first is marked, and another is chosen with the arrows", async ({
  support,
  sandbox,
  ownCards,
}) => {
  const [first, second] = await ownCards({ balance: 1 }, { balance: 2 });
  await sandbox.putCards([
    { id: second.id, code: second.code, user_phone: Number(first.phone), user_name: second.name, user_id: first.id },
  ]);
  await support.goto("/");
  const cards = support.getByRole("group", { name: "额度卡" }).getByRole("option", { name: /旅人/ });
  await expect(async () => {
    await box(support).fill("");
    await box(support).fill(first.phone);
    await expect(cards).toHaveCount(2, { timeout: 2000 });
  }).toPass();
  const chosen = support.getByRole("listbox").getByRole("option", { selected: true });
  await expect(chosen).toHaveText((await cards.nth(0).textContent()) ?? "");
  await box(support).press("ArrowDown");
  await expect(chosen).toHaveText((await cards.nth(1).textContent()) ?? "");
  const id = (await chosen.textContent())?.includes(first.name) ? first.id : second.id;
  await box(support).press("Enter");
  await expect(support).toHaveURL(new RegExp(`/cards/${id}$`));
});

test("all cards of a phone are shown as a table, and the phone is in no address", async ({
  support,
  sandbox,
  ownCards,
}) => {
  const [first, second] = await ownCards({ balance: 1 }, { balance: 2 });
  await sandbox.putCards([
    { id: second.id, code: second.code, user_phone: Number(first.phone), user_name: second.name, user_id: first.id },
  ]);
  await support.goto("/operations");
  await expect(async () => {
    await box(support).fill("");
    await box(support).fill(first.phone);
    await expect(support.getByRole("option", { name: "在列表中查看全部 2 张卡" })).toBeVisible({ timeout: 2000 });
  }).toPass();
  await box(support).press("ArrowDown");
  await box(support).press("ArrowDown");
  await expect(support.getByRole("listbox").getByRole("option", { selected: true })).toHaveText(
    "在列表中查看全部 2 张卡",
  );
  await box(support).press("Enter");
  await expect(support).toHaveURL(/\/cards\?/);
  expect(support.url()).not.toContain(first.phone);
  await expect(support.getByRole("row", { name: first.name })).toBeVisible();
  await expect(support.getByRole("row", { name: second.name })).toBeVisible();
});

test("as customers write and say it: chat, masks, invisible characters, halves, read out, half an id, pinyin", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({ name: `琳琅${Math.random().toString(36).slice(2, 8)}` });
  const [a, b, c] = [card.phone.slice(0, 3), card.phone.slice(3, 7), card.phone.slice(7)];
  for (const text of [
    `手机号：${a} ${b} ${c} 还剩多少`,
    `“${card.phone}”`,
    [...card.phone].join("\u200b"),
    `${a}****${c} ${card.name}`,
    `${card.name} 尾号 ${c}`,
    `兑换码 ${card.code.slice(0, 4)} ${card.code.slice(4)}`,
    `兑换码：${card.code.slice(0, 4)}-${card.code.slice(4)}`,
    `${card.phone}，码 ${card.code}`,
    `编号 ${card.id.slice(0, 12)}`,
    `linlang${card.name.slice(2)}`,
    `ll${card.name.slice(2)}`,
  ]) {
    await support.goto("/operations");
    await box(support).fill(text);
    await expect(support.getByRole("option", { name: new RegExp(card.name) }).first(), text).toBeVisible();
    await box(support).press("Enter");
    await expect(support, text).toHaveURL(new RegExp(`/cards/${card.id}$`));
  }
});

test("what was opened last is offered in an empty box, by keyboard alone, and nowhere stored", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({});
  await support.goto("/operations");
  await box(support).fill(card.phone);
  await expect(cardOption(support, card.name)).toBeVisible();
  await box(support).press("Enter");
  await expect(support).toHaveURL(new RegExp(`/cards/${card.id}$`));
  await support.keyboard.press("ControlOrMeta+k");
  await expect(support.getByRole("group", { name: "最近打开" })).toContainText(card.name);
  const stored = () => support.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(await stored()).not.toContain(card.name);
  await box(support).press("Escape");
  await expect(support.getByRole("group", { name: "最近打开" })).toBeHidden();
});

test("what is not there is said, with a hint, and nothing moves", async ({ support }) => {
  await support.goto("/");
  await box(support).fill("19900000000");
  await box(support).press("Enter");
  await expect(support.getByText("没有找到“19900000000”")).toBeVisible();
  await expect(support).toHaveURL(/\/$/);
});

test("while an input method composes, Enter belongs to it", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await support.goto("/");
  await box(support).fill(card.phone);
  await box(support).dispatchEvent("keydown", { key: "Enter", isComposing: true, bubbles: true });
  await expect(cardOption(support, card.name)).toBeVisible();
  await expect(support).toHaveURL(/\/$/);
});

test("neither phone nor code ever stands in an address, and both are shown only on request", async ({
  support,
  admin,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const addresses: string[] = [];
  support.on("request", (request) => addresses.push(request.url()));
  await support.goto("/");
  await box(support).fill(card.phone);
  await box(support).press("Enter");
  await expect(support).toHaveURL(new RegExp(card.id));
  await openReady(support, "/cards");
  for (const [label, text] of [
    ["手机号", card.phone],
    ["兑换码", card.code],
  ] as const) {
    await support.getByRole("textbox", { name: label }).fill(text);
    await support.getByRole("button", { name: "查询" }).click();
    await expect(support.getByRole("row", { name: card.name })).toBeVisible();
    await expect(support.getByText("共 1 条")).toBeVisible();
    addresses.push(support.url());
    await support.getByRole("button", { name: "重置" }).click();
  }
  expect(addresses.filter((url) => url.includes(card.phone) || url.includes(card.code))).toEqual([]);

  await openReady(support, `/cards/${card.id}`);
  await support.getByRole("button", { name: "显示手机号" }).click();
  await expect(support.getByText(card.phone, { exact: true })).toBeVisible();
  for (const name of ["显示兑换码", "复制兑换码"]) {
    const button = support.getByRole("button", { name });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await button.hover();
    await expect(support.getByText(`${name} · 只有操作员和管理员可以查看完整兑换码`)).toBeVisible();
  }
  await admin.goto("/audit");
  const reveals = admin.getByRole("row", { name: /support.*查看/ }).filter({ hasText: card.id.slice(0, 8) });
  await expect(reveals).toHaveCount(1);

  await admin.goto(`/cards/${card.id}`);
  await expect(async () => {
    const show = admin.getByRole("button", { name: "显示兑换码" });
    if (await show.isVisible()) await show.click({ timeout: 2_000 });
    await expect(admin.getByText(card.code, { exact: true })).toBeVisible({ timeout: 2_000 });
  }).toPass();
});

test("a phone and code that no card has can be asked of the upstream, and the audit knows of it", async ({
  support,
  admin,
}) => {
  await support.goto("/");
  await box(support).fill("电话 199 1234 5678，兑换码 ZzYyXx19");
  await support.getByRole("button", { name: "用手机号和兑换码向上游查询" }).click();
  await expect(support.getByText("上游没有这张卡")).toBeVisible();
  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /support.*向上游查询额度卡/ }).first()).toBeVisible();
});

test("a whole chat message finds the card of the phone in it, however long it is", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await support.goto("/");
  await box(support).fill(`${"您好，麻烦帮我看一下。".repeat(30)}我的手机号是 ${card.phone}，谢谢`);
  await box(support).press("Enter");
  await expect(support).toHaveURL(new RegExp(`/cards/${card.id}$`));
});

test("of several phones in one paste, those without a card are named", async ({ support, ownCards }) => {
  const [first, second] = await ownCards({}, {});
  await support.goto("/");
  await box(support).fill(`${first.phone} ${second.phone} 19900000000`);
  await expect(support.getByRole("group", { name: "额度卡" }).getByRole("option")).toHaveCount(2);
  await expect(support.getByRole("option", { name: "按 3 项查找" })).toBeVisible();
  await expect(support.getByText("认出 3 项，其中 1 项没有找到：199****0000")).toBeVisible();
});

test("a text too long to look up is neither cut nor called not found", async ({ support }) => {
  await support.goto("/");
  const long = "长".repeat(2001);
  await box(support).fill(long);
  await expect(support.getByText("一次最多查找 2,000 个字符，现在有 2,001 个")).toBeVisible();
  await expect(support.getByText("没有找到")).toHaveCount(0);
  await expect(box(support)).toHaveValue(long);
});

test("a search that typing overtakes is cancelled", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  const first = card.name.slice(0, 1);
  const isFirst = (request: Request) => request.url().endsWith("/api/find") && request.postDataJSON().text === first;
  await support.goto("/operations");
  await expect(box(support)).toBeFocused();
  await support.route("**/api/find", (route) => (isFirst(route.request()) ? undefined : route.continue()));
  const asked = support.waitForRequest(isFirst);
  const cancelled = support.waitForEvent("requestfailed", isFirst);
  await box(support).fill(first);
  await asked;
  await box(support).fill(card.name);
  await cancelled;
  await expect(support.getByRole("option", { name: card.name })).toBeVisible();
});

test("a key's last 4, a batch's note and a ticket number lead to the batch and to the operation", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  const { path, note } = await orderKeys(operator, "年卡", 1);
  await expectDone(operator, 1);
  const [key = ""] = await madeSince(sandbox, before);
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  const ticket = `T-${randomInt(100_000, 1_000_000)}`;
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("3");
  await dialog.getByRole("textbox", { name: "工单号" }).fill(ticket);
  await dialog.getByRole("button", { name: "预览" }).click();
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");

  for (const [text, group] of [
    [key, "卡密"],
    [`卡密尾号 ${key.slice(-4)}`, "卡密"],
    [note, "卡密批次"],
    [ticket, "操作"],
  ] as const) {
    await operator.goto("/cards");
    await box(operator).fill(text);
    await expect(
      operator.getByRole("group", { name: group, exact: true }).getByRole("option").first(),
      text,
    ).toBeVisible();
  }
  await operator.getByRole("group", { name: "操作", exact: true }).getByRole("option").first().click();
  await expect(operator).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
  await expect(operator.getByRole("main")).toContainText(ticket);
  await operator.goto("/cards");
  await box(operator).fill(key);
  await box(operator).press("Enter");
  await expect(operator).toHaveURL(new RegExp(`${path}$`));
});
