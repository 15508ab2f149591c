import { expect, test } from "./support/fixtures";

test("the columns of use are hidden until chosen, ask for nothing before, and sort", async ({ support, ownCards }) => {
  const [card] = await ownCards({ balance: 10 });
  const asked: string[] = [];
  support.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await support.goto(`/cards?id=${card.id}`);
  const table = support.getByRole("table", { name: "额度卡列表" });
  await expect(table.getByRole("row", { name: card.name })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "近 7 天用量（次）" })).toHaveCount(0);
  expect(asked).not.toContain("/api/cards/use");
  const choice = support.getByRole("menuitemcheckbox", { name: "近 7 天用量（次）" });
  await expect(async () => {
    if (!(await choice.isVisible())) await support.getByRole("button", { name: "列设置" }).click();
    await expect(choice).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await choice.click();
  await support.keyboard.press("Escape");
  // Nobody has seen it used: that is not 0.
  await expect(table.getByRole("row", { name: card.name })).toContainText("—");
  await expect.poll(() => asked).toContain("/api/cards/use");
  await table.getByRole("button", { name: "近 7 天用量（次）" }).click();
  await expect(support).toHaveURL(/sort=used7/);
  await expect(table.getByRole("row", { name: card.name })).toBeVisible();
});

test("a long menu is within the window, also where there is room for it neither below its button nor above", async ({
  support,
}) => {
  await support.setViewportSize({ width: 1366, height: 620 });
  await support.goto("/cards?tag=nobody");
  const last = support.getByRole("menuitem", { name: "恢复默认" });
  await expect(async () => {
    if (!(await last.isVisible())) await support.getByRole("button", { name: "列设置" }).click({ timeout: 2_000 });
    await expect(last).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await last.scrollIntoViewIfNeeded();
  await expect(last).toBeInViewport({ ratio: 1 });
});
