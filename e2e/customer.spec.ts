import { randomBytes } from "node:crypto";
import type { APIRequestContext, Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { holdActions } from "./support/hold-actions";
import type { OwnCard } from "./support/own-cards";
import { ownName } from "./support/own-name";
import { openReady } from "./support/pages";
import { passingText } from "./support/passing-text";
import type { Sandbox } from "./support/sandbox";

const box = (page: Page) => page.getByRole("combobox", { name: "查找额度卡" });
const replyOf = (page: Page) => page.getByRole("textbox", { name: "答复全文" });
const copyReply = (page: Page) => page.getByRole("button", { name: "复制答复" });
const clipboardOf = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const panel = (page: Page, title: string | RegExp): Locator =>
  page
    .getByRole("main")
    .locator("section")
    .filter({ has: page.getByRole("heading", { level: 2, name: title }) });

const permissions = ["clipboard-read", "clipboard-write"];
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

type Owner = { userId: string; cards: readonly (OwnCard & { balance: number })[] };

/** Gives cards one owner upstream, with the phone of the first, and waits until the mirror knows. */
async function own(sandbox: Sandbox, request: APIRequestContext, { userId, cards }: Owner): Promise<void> {
  const [first] = cards;
  await sandbox.putCards(
    cards.map(({ id, code, name, balance }) => ({
      ...{ id, code, type: "1", api_limit: balance, user_id: userId, user_name: name },
      user_phone: Number(first?.phone),
    })),
  );
  for (const { id } of cards) {
    const found = async () => (await request.post("/api/customers/get", { data: { cardId: id } })).json();
    await expect.poll(found).toMatchObject({ userId });
  }
}

const someUser = () => randomBytes(16).toString("hex");

for (const [place, device] of [
  ["at a desk", {}],
  ["on a phone of 360 px", phone],
] as const) {
  test(`from a phone to a copied reply in 3 actions, ${place}`, async ({ open, ownCards, sandbox, requestAs }) => {
    const [first, second] = await ownCards({}, {});
    const cards = [
      { ...first, balance: 1_200 },
      { ...second, balance: 34 },
    ];
    const userId = someUser();
    await own(sandbox, await requestAs("support"), { userId, cards });
    const page = await open("support", { ...device, permissions });
    const addresses: string[] = [];
    page.on("request", (request) => addresses.push(request.url()));
    await page.goto("/");

    let actions = 0;
    const act = async (action: () => Promise<void>) => {
      actions += 1;
      await action();
    };
    await act(() => box(page).fill(first.phone));
    await act(() => page.getByRole("group", { name: "客户" }).getByRole("option").click());
    await expect(page).toHaveURL(new RegExp(`/customers/${userId}$`));
    await expect(copyReply(page)).toBeInViewport();
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBe(0);
    await act(() => copyReply(page).click());
    expect(actions).toBe(3);

    await expect.poll(() => clipboardOf(page)).toContain("您名下共有 2 张卡，合计剩余 1,234 次（核对于 ");
    const reply = await clipboardOf(page);
    for (const { code } of cards) {
      expect(reply).toContain(`尾号 ${code.slice(-4)}（青龙）`);
      expect(reply).not.toContain(code);
    }
    expect(reply).not.toContain(first.phone);
    expect(addresses.filter((url) => url.includes(first.phone))).toEqual([]);
  });
}

for (const [found, textOf] of [
  ["a phone", ({ phone }: OwnCard) => phone],
  ["a name and last 4 digits", ({ name, phone }: OwnCard) => `${name} 尾号 ${phone.slice(-4)}`],
] as const) {
  test(`of a customer with several cards it is paste, Enter, copy: by ${found}`, async ({
    open,
    ownCards,
    sandbox,
    requestAs,
  }) => {
    const name = ownName("长庚");
    const [first, second] = await ownCards({ name }, { name });
    const userId = someUser();
    const cards = [
      { ...first, balance: 900 },
      { ...second, balance: 100 },
    ];
    await own(sandbox, await requestAs("support"), { userId, cards });
    const page = await open("support", { permissions });
    await page.goto("/");
    await expect(box(page)).toBeFocused();
    await box(page).fill(textOf(first));
    await box(page).press("Enter");
    await expect(page).toHaveURL(new RegExp(`/customers/${userId}$`));
    await copyReply(page).press("Enter");
    await expect.poll(() => clipboardOf(page)).toContain("您名下共有 2 张卡，合计剩余 1,000 次");
  });
}

test("with one card it is paste, Enter, copy", async ({ open, ownCards }) => {
  const [card] = await ownCards({ balance: 321 });
  const page = await open("support", { ...phone, permissions });
  await page.goto("/");
  await box(page).fill(card.phone);
  await box(page).press("Enter");
  await expect(page).toHaveURL(new RegExp(`/cards/${card.id}$`));
  await copyReply(page).click();
  await expect
    .poll(() => clipboardOf(page))
    .toContain(`尾号 ${card.code.slice(-4)} 的卡（青龙）当前剩余 321 次（核对于 `);
});

test("a card's page leads to its customer, and has a reply about that card in two languages", async ({
  open,
  ownCards,
  sandbox,
  requestAs,
}) => {
  const [first, second] = await ownCards({}, {});
  const userId = someUser();
  const cards = [
    { ...first, balance: 77 },
    { ...second, balance: 5 },
  ];
  await own(sandbox, await requestAs("support"), { userId, cards });
  const page = await open("support", { permissions });
  await page.goto(`/cards/${first.id}`);
  await expect(replyOf(page)).toHaveValue(
    new RegExp(`尾号 ${first.code.slice(-4)} 的卡（青龙）当前剩余 77 次（核对于 `),
  );
  // A choice from before the page was hydrated is forgotten.
  await expect(async () => {
    await page.getByRole("combobox", { name: "语言" }).selectOption("English");
    await expect(replyOf(page)).toHaveValue(/ending in .* \(Qinglong\) has 77 calls left \(checked at /, {
      timeout: 2_000,
    });
  }).toPass();
  const others = panel(page, /同一用户的其他卡/);
  await expect(others.getByRole("link", { name: `••••${second.code.slice(-4)}` })).toBeVisible();
  await others.getByRole("link", { name: "打开客户页" }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${userId}$`));
  await expect(panel(page, "全部额度卡").getByRole("listitem")).toHaveCount(2);
  await expect(page.getByRole("main")).toContainText("82");
  const line = page.getByRole("table", { name: "时间线" }).getByRole("row");
  for (const { code } of cards)
    await expect(line.filter({ hasText: `••••${code.slice(-4)}` }).filter({ hasText: "首次同步到" })).toHaveCount(1);
});

test("a card of the same phone under another user id is shown apart and stands in no reply", async ({
  support,
  ownCards,
  sandbox,
  requestAs,
}) => {
  const [first, other] = await ownCards({}, {});
  const [userId, request] = [someUser(), await requestAs("support")];
  await own(sandbox, request, { userId, cards: [{ ...first, balance: 10 }] });
  await own(sandbox, request, { userId: someUser(), cards: [{ ...other, phone: first.phone, balance: 900 }] });
  await support.goto(`/customers/${userId}`);
  const apart = panel(support, /同一手机号、其他用户编号的卡/);
  await expect(apart.getByRole("link", { name: `••••${other.code.slice(-4)}` })).toBeVisible();
  await expect(replyOf(support)).toHaveValue(/当前剩余 10 次/);
  expect(await replyOf(support).inputValue()).not.toContain(other.code.slice(-4));
});

test("a note is written, seen by a colleague, and its deletion leaves a mark without the text", async ({
  support,
  operator,
  admin,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const text = `换了新手机 ${randomBytes(4).toString("hex")}`;
  await support.goto(`/cards/${card.id}`);
  const notes = panel(support, "备注");
  await expect(async () => {
    await notes.getByRole("textbox", { name: "新备注" }).fill(text);
    await notes.getByRole("button", { name: "添加备注" }).click();
    await expect(notes.getByRole("listitem").filter({ hasText: text }).first()).toBeVisible({ timeout: 5_000 });
  }).toPass();
  await operator.goto(`/cards/${card.id}`);
  const seen = panel(operator, "备注").getByRole("listitem");
  await expect(seen.filter({ hasText: text }).first()).toContainText("support");
  await expect(panel(operator, "备注").getByRole("button", { name: "删除备注" })).toHaveCount(0);
  const line = operator.getByRole("table", { name: "时间线" }).getByRole("row");
  await expect(line.filter({ hasText: text }).first()).toContainText("由 support");

  await notes.getByRole("button", { name: "删除备注" }).first().click();
  await support.getByRole("dialog", { name: "删除这条备注？" }).getByRole("button", { name: "删除备注" }).click();
  await expect(notes.getByRole("listitem").first()).toContainText(/已由 support 于 .* 删除/);
  await operator.reload();
  await expect(seen.first()).toContainText("已由 support 于");
  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /support.*删除备注/ }).first()).toBeVisible();
  await expect(admin.getByRole("main")).not.toContainText(text);
});

test("after a note is deleted the focus is on the next one, and after the last in the field for a new one", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({});
  await support.goto(`/cards/${card.id}`);
  const notes = panel(support, "备注");
  const field = notes.getByRole("textbox", { name: "新备注" });
  const texts = ["先写的", "后写的"].map((text) => `${text} ${randomBytes(3).toString("hex")}`);
  for (const text of texts)
    await expect(async () => {
      if ((await notes.getByRole("listitem").filter({ hasText: text }).count()) === 0) {
        await field.fill(text);
        await notes.getByRole("button", { name: "添加备注" }).click();
      }
      await expect(notes.getByRole("listitem").filter({ hasText: text })).toHaveCount(1, { timeout: 5_000 });
    }).toPass();
  const [older = "", newer = ""] = texts;
  const dialog = support.getByRole("dialog", { name: "删除这条备注？" });
  const remove = async (text: string) => {
    await notes
      .getByRole("listitem")
      .filter({ hasText: text })
      .getByRole("button", { name: "删除备注" })
      .press("Enter");
    await dialog.getByRole("button", { name: "删除备注" }).click();
    await expect(dialog).toHaveCount(0);
  };
  await remove(newer);
  await expect(notes.getByRole("listitem").filter({ hasText: older })).toBeFocused();
  await remove(older);
  await expect(field).toBeFocused();
});

test("an administrator edits a template: a wrong placeholder is an error at its field, a right one is what is copied", async ({
  admin,
  support,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 0 });
  await admin.goto("/settings");
  await admin.getByRole("link", { name: "答复模板" }).click();
  await expect(admin).toHaveURL(/\/settings\/replies$/);
  const english = admin.getByRole("group", { name: "English" });
  const field = english.getByRole("textbox", { name: "次数已用完" });
  const before = await field.inputValue();
  await field.fill("Card {code} of {otherPhone} is empty ({readAt}).");
  await expect(english.getByText("有不能使用的占位符")).toBeVisible();
  await field.fill("Card {code} is empty ({readAt}).");
  await expect(english.getByText("Card 1GDw is empty (2026-11-24 12:26).")).toBeVisible();
  const kept = passingText(admin, "已保存");
  await admin.getByRole("button", { name: "保存" }).click();
  await kept;

  await support.goto(`/cards/${card.id}`);
  await expect(async () => {
    await support.getByRole("combobox", { name: "语言" }).selectOption("English");
    await expect(replyOf(support)).toHaveValue(new RegExp(`^Card ${card.code.slice(-4)} is empty \\(`), {
      timeout: 2_000,
    });
  }).toPass();

  await field.fill(before);
  const saved = admin.waitForResponse((response) => "next-action" in response.request().headers());
  await admin.getByRole("button", { name: "保存" }).click();
  await saved;
});

test("what is typed while a note is on its way stays in the field", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await openReady(support, `/cards/${card.id}`);
  const release = await holdActions(support);
  const notes = panel(support, "备注");
  const field = notes.getByRole("textbox", { name: "新备注" });
  await field.fill("先写的");
  await notes.getByRole("button", { name: "添加备注" }).click();
  await field.fill("后写的");
  release();
  await expect(notes.getByRole("listitem").filter({ hasText: "先写的" })).toHaveCount(1);
  await expect(notes.getByRole("button", { name: "添加备注" })).toBeEnabled();
  await expect(field).toHaveValue("后写的");
});
