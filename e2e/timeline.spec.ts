import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { confirmButton, outcome, previewTransfer } from "./support/transferring";

const line = (page: Page) => page.getByRole("table", { name: "时间线" });

test("a card's line of time tells our transfer from its owner's use, and the balance leads to it", async ({
  operator,
  support,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 20 });
  const dialog = await previewTransfer(operator, from, to, 30);
  await confirmButton(dialog, 30).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await sandbox.consume(from.id, 5);

  await support.goto(`/cards/${from.id}`);
  // A press from before the page was hydrated is done again; a second reading changes nothing.
  await expect(async () => {
    await support.getByRole("button", { name: "向上游核对" }).click({ timeout: 2_000 });
    await expect(support.getByRole("link", { name: "65", exact: true })).toBeVisible({ timeout: 4_000 });
  }).toPass();
  const ours = line(support).getByRole("row").filter({ hasText: "转让 30 次" });
  await expect(ours).toContainText("−30");
  await expect(ours).toContainText("100 → 70");
  await expect(ours).toContainText("由 operator");
  await expect(ours).toContainText(to.name);
  const theirs = line(support).getByRole("row").filter({ hasText: "使用" });
  await expect(theirs).toContainText("−5");
  await expect(theirs).toContainText("70 → 65");
  await expect(line(support)).toContainText("首次同步到");
  // Two days where it is midnight just now.
  await expect(support.getByText(/^近 [12] 天使用 5 次$/)).toBeVisible();

  await support.getByRole("combobox", { name: "显示" }).selectOption({ label: "操作" });
  await expect(theirs).toHaveCount(0);
  await expect(ours).toHaveCount(1);

  await support.getByRole("link", { name: "65", exact: true }).click();
  await expect(support).toHaveURL(/#timeline$/);
  await ours.getByRole("link", { name: "转让 30 次" }).click();
  await expect(support).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
});

test("every entry is reached a page at a time, and no phone or code comes with it", async ({
  operator,
  ownCards,
  requestAs,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 20 });
  const dialog = await previewTransfer(operator, from, to, 30);
  await confirmButton(dialog, 30).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  const request = await requestAs("support");
  const seen: string[] = [];
  for (let before: unknown = null; ; ) {
    const answer = await request.post("/api/timeline/read", { data: { cardIds: [from.id], before, limit: 1 } });
    expect(answer.ok()).toBe(true);
    const text = await answer.text();
    for (const secret of [from.phone, from.code, to.phone, to.code]) expect(text).not.toContain(secret);
    const { entries, next } = JSON.parse(text) as { entries: { event: { kind: string } }[]; next: unknown };
    seen.push(...entries.map(({ event }) => event.kind));
    if (!next) break;
    before = next;
  }
  expect(seen).toEqual(["operation", "firstSeen"]);
});

test("operations are found by a card's id and by who did them; the type is a link", async ({
  operator,
  support,
  ownCards,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 20 });
  const dialog = await previewTransfer(operator, from, to, 7);
  await confirmButton(dialog, 7).click();
  await expect(outcome(dialog)).toContainText("转让成功");

  await support.goto(`/operations?card=${to.id}`);
  const rows = support.getByRole("table", { name: "操作列表" }).getByRole("row");
  // The head, and the one.
  await expect(rows).toHaveCount(2);
  const filters = support.getByRole("search", { name: "筛选操作" });
  // A choice from before the page was hydrated is lost, and made again.
  await expect(async () => {
    await filters.getByRole("combobox", { name: "操作人" }).selectOption({ label: "admin" });
    await filters.getByRole("button", { name: "查询" }).click();
    await expect(support).toHaveURL(/actor=admin/, { timeout: 2_000 });
  }).toPass();
  await expect(support.getByText("没有符合条件的记录")).toBeVisible();
  await filters.getByRole("combobox", { name: "操作人" }).selectOption({ label: "operator" });
  await filters.getByRole("button", { name: "查询" }).click();
  await support.getByRole("link", { name: "转让 7 次" }).click();
  await expect(support).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
});

test("the overview says what changed since yesterday, and leads to it", async ({ operator, support, ownCards }) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 20 });
  const dialog = await previewTransfer(operator, from, to, 9);
  await confirmButton(dialog, 9).click();
  await expect(outcome(dialog)).toContainText("转让成功");

  await support.goto("/");
  await expect(support.getByRole("heading", { name: "昨天以来" })).toBeVisible();
  await support.getByRole("main").locator('a[href^="/operations?kinds=transfer"]').click();
  await expect(support).toHaveURL(/\/operations\?kinds=transfer&states=done,applied&from=\d{4}-\d{2}-\d{2}/);
  await expect(support.getByRole("row", { name: from.name })).toContainText("转让 9 次");
  // The field says all that is filtered by, not only the first of it.
  const state = support.getByRole("combobox", { name: "状态" });
  await expect(state.locator("option:checked")).toHaveText(/.+或.+/);
  await support.getByRole("button", { name: "查询" }).click();
  await expect(support).toHaveURL(/states=done,applied/);
});

test("the overview's number of used-up cards leads to a list of those", async ({ support, ownCards, sandbox }) => {
  const [card, kept] = await ownCards({ balance: 8 }, { balance: 8 });
  await sandbox.consume(card.id, 8);
  await support.goto(`/cards/${card.id}`);
  await expect(async () => {
    await support.getByRole("button", { name: "向上游核对" }).click({ timeout: 2_000 });
    await expect(support.getByRole("link", { name: "0", exact: true })).toBeVisible({ timeout: 4_000 });
  }).toPass();

  await support.goto("/");
  await support.getByRole("main").locator('a[href^="/cards?emptiedSince="]').click();
  await expect(support).toHaveURL(/\/cards\?emptiedSince=\d{4}-\d{2}-\d{2}$/);
  const list = support.url();
  await support.goto(`${list}&name=${encodeURIComponent(card.name)}`);
  await expect(support.getByRole("row", { name: card.name })).toHaveCount(1);
  await support.goto(`${list}&name=${encodeURIComponent(kept.name)}`);
  await expect(support.getByText("没有符合条件的额度卡")).toBeVisible();
});
