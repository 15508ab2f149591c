import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";

const box = (page: Page) => page.getByRole("combobox", { name: "查找额度卡" });
const text = (page: Page) => page.getByRole("textbox", { name: "要查找的内容" });
const sheet = (page: Page) => page.getByRole("table", { name: "批量查找结果，按粘贴的顺序" });
const chosen = (page: Page) => page.getByRole("region", { name: "已选中的行" });
const totals = (page: Page) => page.getByRole("region", { name: "合计" });
/** A phone that no card has: the cards of journeys begin with 190. */
const nobody = (place: number) => String(19_900_000_000 + place);

/** As from another program, with its lines and TABs. */
const paste = (into: Locator, pasted: string) =>
  into.evaluate((element, value) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", value);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, pasted);

test("60 phones of a spreadsheet are one paste, one sheet in their order, and one selection", async ({
  operator,
  ownCards,
  requestAs,
  sandbox,
}) => {
  const cards = await ownCards(...Array.from({ length: 20 }, (_, place) => ({ balance: place < 2 ? 0 : 10 })));
  const [first, second] = cards;
  if (!first || !second) throw new Error("no cards");
  const twin = { id: second.id.replace(/^.{8}/, "deadbeef"), code: `${second.code.slice(1)}2` };
  const owner = { user_phone: Number(second.phone), user_name: second.name, user_id: first.id };
  await sandbox.putCards([{ ...twin, type: "1", api_limit: 5, ...owner }]);
  const phones = [
    ...cards.map(({ phone }) => phone),
    ...Array.from({ length: 39 }, (_, place) => nobody(place)),
    first.phone,
  ];
  const pasted = ["手机号\t数量", ...phones.map((phone) => `${phone}\t2`)].join("\r\n");
  const addresses: string[] = [];
  operator.on("request", (request) => addresses.push(request.url()));
  await openReady(operator, "/");
  const request = await requestAs("operator");
  const mirrored = async () => (await request.post("/api/cards/find", { data: { text: twin.id } })).json();
  await expect.poll(mirrored).toMatchObject({ rows: [{}] });

  let steps = 0;
  const step = async (does: Promise<unknown>) => {
    steps += 1;
    await does;
  };
  await step(paste(box(operator), pasted));
  const offer = operator.getByRole("option", { name: "按 60 项查找" });
  await expect(offer).toHaveAttribute("aria-selected", "true");
  await step(box(operator).press("Enter"));
  await expect(operator).toHaveURL(/\/cards\/paste$/);
  expect(steps).toBe(2);

  const rows = sheet(operator).locator("tbody").getByRole("row");
  // 60 lines, and one more for the second card of one person.
  await expect(rows).toHaveCount(61);
  const shown = await rows.allTextContents();
  const order = [...phones.slice(0, 2), second.phone, ...phones.slice(2)];
  expect(shown.map((row, place) => row.includes(order[place] ?? "-"))).toEqual(order.map(() => true));
  await expect(rows.nth(1)).toContainText("多张卡");
  await expect(rows.nth(30)).toContainText("没有找到");
  await expect(rows.nth(60)).toContainText("与第 2 行重复");
  await expect(totals(operator)).toContainText("找到 21 行，没有找到 39 行");
  await expect(totals(operator)).toContainText("185");
  await expect(totals(operator)).toContainText("120");

  await operator.getByRole("button", { name: "没有找到 39" }).click();
  await expect(rows).toHaveCount(39);
  await operator.getByRole("button", { name: "全部 60" }).click();
  await expect(rows).toHaveCount(61);

  await step(operator.getByRole("button", { name: "选择找到的 21 张" }).click());
  await expect(chosen(operator)).toContainText("已选 21 张");
  expect(steps).toBe(3);
  await expect(chosen(operator).getByRole("button", { name: "导出已选 21 张" })).toBeVisible();
  await chosen(operator).getByRole("button", { name: "销毁 21 张" }).click();
  const dialog = operator.getByRole("dialog", { name: /^销毁/ });
  await expect(dialog).toContainText("可以销毁 2 张");
  await operator.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  expect(addresses.filter((url) => phones.some((phone) => url.includes(phone)))).toEqual([]);
  const stored = await operator.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  expect(stored).not.toContain(first.phone);
});

test("back from a card the sheet is there again; after a reload nothing of it is", async ({ support, ownCards }) => {
  const [card] = await ownCards({ balance: 77 });
  await openReady(support, "/");
  await paste(box(support), `${card.phone}\n${nobody(100)}`);
  await expect(support.getByRole("option", { name: "按 2 项查找" })).toBeVisible();
  await box(support).press("Enter");
  await sheet(support)
    .getByRole("link", { name: `••••${card.code.slice(-4)}` })
    .click();
  await expect(support.getByRole("heading", { level: 1, name: card.name })).toBeVisible();
  await support.goBack();
  await expect(sheet(support).getByRole("row", { name: card.name })).toBeVisible();
  await support.reload();
  await expect(support.getByText("还没有查找")).toBeVisible();
  await expect(text(support)).toHaveValue("");
});

test("a line of one card has the card's menu: transfer out, transfer into, destroy, and its customer", async ({
  operator,
  ownCards,
}) => {
  const [card, twin] = await ownCards({ balance: 77 }, { balance: 5 });
  await operator.goto("/cards/paste");
  await expect(text(operator)).toBeFocused();
  await text(operator).fill(`${card.phone}\n${card.phone}\t${twin.code}\n${nobody(300)}`);
  await text(operator).press("ControlOrMeta+Enter");
  const menus = sheet(operator).getByRole("button", { name: `${card.name} 的操作` });
  await expect(sheet(operator).locator("tbody").getByRole("row")).toHaveCount(4);
  // Of the line that names two people's cards none has it.
  await expect(menus).toHaveCount(1);
  const menu = operator.getByRole("menu", { name: `${card.name} 的操作` });
  // A menu opened before its scripts are there is filled by them.
  await menus.click();
  await menu.getByRole("menuitem", { name: "转让额度" }).click();
  const dialog = operator.getByRole("dialog", { name: "转让额度" });
  await expect(dialog.getByRole("textbox", { name: "转入卡" })).toBeFocused();
  await operator.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await menus.click();
  await expect(menu.getByRole("menuitem")).toHaveText([
    "查看详情",
    "转让额度",
    "转入这张卡",
    /^销毁余额还有 77 次/,
    "打开客户页",
  ]);
  await menu.getByRole("menuitem", { name: "打开客户页" }).click();
  await expect(operator).toHaveURL(/\/customers\/[0-9a-f]{32}$/);
  await expect(operator.getByRole("heading", { level: 1, name: card.name })).toBeVisible();
});

test("support sees the cards masked, in the sheet and in its file, and can't destroy; each look-up is in the audit", async ({
  support,
  admin,
  requestAs,
  ownCards,
}) => {
  const [card, other] = await ownCards({ balance: 0 }, { balance: 3 });
  await openReady(support, "/cards");
  await support.getByRole("link", { name: "批量查找" }).click();
  await expect(support).toHaveURL(/\/cards\/paste$/);
  await expect(support.getByText("还没有查找")).toBeVisible();
  await text(support).fill(`${card.id}\n${other.id}\n琳琅`);
  await text(support).press("ControlOrMeta+Enter");
  await expect(sheet(support).getByRole("row", { name: card.name })).toBeVisible();
  await expect(sheet(support)).toContainText("未能识别");
  for (const { phone, code } of [card, other]) {
    await expect(support.getByRole("main")).not.toContainText(phone);
    await expect(support.getByRole("main")).not.toContainText(code);
  }
  await support.getByRole("button", { name: "选择找到的 2 张" }).click();
  await expect(chosen(support).getByRole("button", { name: "销毁 2 张" })).toHaveAttribute("aria-disabled", "true");

  const request = await requestAs("support");
  const answer = await request.post("/api/find/many/export", { data: { text: card.id, format: "csv" } });
  expect(answer.status()).toBe(200);
  const file = await answer.text();
  expect(file).toContain(card.name);
  expect(file).not.toContain(card.phone);
  expect(file).not.toContain(card.code);

  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /support.*批量查找额度卡/ }).first()).toBeVisible();
});

test("what is more than is looked up at once is named, and looked up next", async ({ operator }) => {
  await openReady(operator, "/");
  await paste(box(operator), Array.from({ length: 2_050 }, (_, place) => nobody(1_000 + place)).join("\n"));
  await expect(operator.getByRole("option", { name: "按 2,050 项查找" })).toBeVisible();
  await box(operator).press("Enter");
  await expect(operator.getByText("共 2,050 项，这里是第 1 至 2,000 项")).toBeVisible();
  await operator.getByRole("button", { name: "从第 2,001 项继续（剩余 50 项）" }).click();
  await expect(operator.getByText("共 2,050 项，这里是第 2,001 至 2,050 项")).toBeVisible();
  await expect(sheet(operator).locator("tbody").getByRole("row")).toHaveCount(50);
});

test("every line that was pasted counts, and a column of the sheet is copied beside the one it came from", async ({
  open: openWindow,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 77 });
  const page = await openWindow("support", { permissions: ["clipboard-read", "clipboard-write"] });
  await openReady(page, "/");
  // A nickname and a duplicate are lines as the others are; a blank one is none.
  await paste(box(page), [card.phone, nobody(200), "王小明", "", card.phone].join("\r\n"));
  await expect(page.getByRole("option", { name: "按 4 项查找" })).toBeVisible();
  await box(page).press("Enter");
  await expect(sheet(page).locator("tbody").getByRole("row")).toHaveCount(4);
  await page.getByRole("combobox", { name: "要复制的列" }).selectOption("余额（次）");
  await page.getByRole("button", { name: "复制“余额（次）”列，4 行" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe("77\n\n\n77");
});
