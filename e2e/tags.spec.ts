import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { ownName } from "./support/own-name";
import { openPage } from "./support/pages";

const panel = (page: Page): Locator =>
  page
    .getByRole("main")
    .locator("section")
    .filter({ has: page.getByRole("heading", { level: 2, name: "标签", exact: true }) });
const tagsOn = (page: Page): Locator => panel(page).getByRole("listitem");
const freshTag = () => ownName("标签");

async function addTag(page: Page, tag: string): Promise<void> {
  await expect(async () => {
    if ((await tagsOn(page).filter({ hasText: tag }).count()) === 0) {
      await panel(page).getByRole("combobox", { name: "新标签" }).fill(tag);
      await panel(page).getByRole("combobox", { name: "新标签" }).press("Enter");
    }
    await expect(tagsOn(page).filter({ hasText: tag })).toHaveCount(1, { timeout: 3_000 });
  }).toPass();
}

test("support puts a tag on a card; it leads to the cards that have it, and stands in the line of time and the audit", async ({
  support,
  operator,
  admin,
  ownCards,
  requestAs,
}) => {
  const [card, other] = await ownCards({}, {});
  const tag = freshTag();
  await openPage(support, `/cards/${card.id}`);
  await addTag(support, tag);
  const line = support.getByRole("table", { name: "时间线" }).getByRole("row");
  await expect(line.filter({ hasText: `添加标签 ${tag}` }).first()).toContainText("由 support");

  const { userId } = await (
    await (await requestAs("support")).post("/api/customers/get", { data: { cardId: card.id } })
  ).json();
  await openPage(operator, `/customers/${userId}`);
  await operator.getByRole("main").getByRole("link", { name: tag }).click();
  await expect(operator).toHaveURL(({ searchParams }) => searchParams.get("tag") === tag);
  const table = operator.getByRole("table", { name: "额度卡列表" });
  await expect(table.getByRole("row", { name: card.name })).toBeVisible();
  await expect(table.getByRole("row", { name: other.name })).toHaveCount(0);

  // Hidden at first; nothing is asked for it before.
  const choice = operator.getByRole("menuitemcheckbox", { name: "标签" });
  await expect(async () => {
    if (!(await choice.isVisible())) await operator.getByRole("button", { name: "列设置" }).click();
    await expect(choice).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await choice.click();
  await operator.keyboard.press("Escape");
  await expect(table.getByRole("row", { name: card.name })).toContainText(tag);

  await tagsOn(support)
    .filter({ hasText: tag })
    .getByRole("button", { name: `移除标签“${tag}”` })
    .press("Enter");
  await expect(tagsOn(support).filter({ hasText: tag })).toHaveCount(0);
  expect(await support.evaluate(() => document.activeElement === document.body)).toBe(false);
  await expect(line.filter({ hasText: `移除标签 ${tag}` }).first()).toContainText("由 support");
  await operator.reload();
  await expect(operator.getByText("没有符合条件的额度卡")).toBeVisible();
  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /support.*移除标签/ }).first()).toBeVisible();
});

test("a phone, a code and a key are no tag: not on a card, not in the filter, and so in no address and no view", async ({
  operator,
  ownCards,
}) => {
  const [card] = await ownCards({});
  await openPage(operator, `/cards/${card.id}`);
  const field = panel(operator).getByRole("combobox", { name: "新标签" });
  for (const text of [card.phone, card.code, card.id]) {
    await expect(async () => {
      await field.fill("");
      await field.fill(text);
      await expect(field, text).toHaveAttribute("aria-invalid", "true", { timeout: 2_000 });
    }).toPass();
    await field.press("Enter");
    await expect(panel(operator)).toContainText("标签里不能有手机号、兑换码、卡密或编号");
    await expect(tagsOn(operator)).toHaveCount(0);
  }

  await openPage(operator, "/cards");
  const filter = operator.getByRole("combobox", { name: "标签" });
  await expect(async () => {
    if (!(await filter.isVisible())) await operator.getByRole("button", { name: "展开" }).click({ timeout: 2_000 });
    await expect(filter).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await filter.fill(card.phone);
  await filter.press("Enter");
  await expect(filter).toBeFocused();
  await expect(filter).toHaveAttribute("aria-invalid", "true");
  expect(operator.url()).not.toContain(card.phone);
});

test("a tag outlives its card", async ({ operator, ownCards }) => {
  const [card] = await ownCards({ balance: 0 });
  const tag = freshTag();
  await openPage(operator, `/cards/${card.id}`);
  await addTag(operator, tag);
  await operator.getByRole("button", { name: "销毁", exact: true }).click();
  const dialog = operator.getByRole("dialog", { name: "销毁 1 张卡" });
  await dialog.getByRole("button", { name: "销毁 1 张卡" }).click();
  await expect(dialog.getByRole("status").filter({ hasText: /\S/ })).toHaveText("已销毁 1 张");
  await openPage(operator, `/cards?gone=only&tag=${encodeURIComponent(tag)}`);
  await expect(operator.getByRole("row", { name: card.name })).toBeVisible();
  await openPage(operator, `/cards/${card.id}`);
  await expect(tagsOn(operator).filter({ hasText: tag })).toHaveCount(1);
});
