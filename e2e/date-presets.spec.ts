import { expect, test } from "./support/fixtures";

/** The calendar day in the console's zone, as many days ago. */
const day = (ago = 0) =>
  new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", dateStyle: "short" }).format(
    Date.now() - ago * 86_400_000,
  );

for (const [path, from, to] of [
  ["/operations", "起始日期", "截止日期"],
  ["/keys", "起始日期", "截止日期"],
  ["/audit", "起始日期", "截止日期"],
] as const) {
  test(`on ${path} a common range of days is one press, in the console's zone`, async ({ open }) => {
    const page = await open("admin", { timezoneId: "America/Los_Angeles" });
    await page.goto(path);
    const presets = page.getByRole("group", { name: "常用日期" });
    await expect(async () => {
      if (!(await presets.isVisible())) await page.getByRole("button", { name: "展开" }).click();
      await expect(presets).toBeVisible({ timeout: 2_000 });
    }).toPass();
    const before = day(6);
    await presets.getByRole("button", { name: "近 7 天" }).click();
    // Not on the stroke of midnight: either day is right then.
    await expect(page.getByLabel(from)).toHaveValue(new RegExp(`^(${before}|${day(6)})$`));
    await presets.getByRole("button", { name: "昨天" }).click();
    await expect(presets.getByRole("button", { name: "昨天" })).toHaveAttribute("aria-pressed", "true");
    const value = await page.getByLabel(to).inputValue();
    await page.getByRole("button", { name: "查询" }).click();
    await expect(page).toHaveURL(new RegExp(`from=${value}&to=${value}`));
  });
}

test("the cards' creation has the same presets", async ({ support }) => {
  await support.goto("/cards");
  const presets = support.getByRole("group", { name: "常用日期" });
  await expect(async () => {
    if (!(await presets.isVisible())) await support.getByRole("button", { name: "展开" }).click();
    await expect(presets).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await presets.getByRole("button", { name: "今天" }).click();
  await support.getByRole("button", { name: "查询" }).click();
  await expect(support).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
});
