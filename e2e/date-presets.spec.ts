import { expect, test } from "./support/fixtures";
import { openPage } from "./support/pages";

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
      if (!(await presets.isVisible())) await page.getByRole("button", { name: "展开" }).click({ timeout: 2_000 });
      await expect(presets).toBeVisible({ timeout: 2_000 });
    }).toPass();
    const before = day(6);
    await presets.getByRole("button", { name: "近 7 天" }).click();
    // Not on the stroke of midnight: either day is right then.
    await expect(page.getByRole("textbox", { name: from })).toHaveValue(new RegExp(`^(${before}|${day(6)})$`));
    await presets.getByRole("button", { name: "昨天" }).click();
    await expect(presets.getByRole("button", { name: "昨天" })).toHaveAttribute("aria-pressed", "true");
    const value = await page.getByRole("textbox", { name: to }).inputValue();
    await page.getByRole("button", { name: "查询" }).click();
    await expect(page).toHaveURL(new RegExp(`from=${value}&to=${value}`));
  });
}

test("the cards' creation has the same presets", async ({ support }) => {
  await support.goto("/cards");
  const presets = support.getByRole("group", { name: "常用日期" });
  await expect(async () => {
    if (!(await presets.isVisible())) await support.getByRole("button", { name: "展开" }).click({ timeout: 2_000 });
    await expect(presets).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await presets.getByRole("button", { name: "今天" }).click();
  await support.getByRole("button", { name: "查询" }).click();
  await expect(support).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
});

for (const [locale, from, to, open, search, bad] of [
  ["zh-CN", "起始日期", "截止日期", "展开", "查询", "请按 2026-11-28 的格式填写日期"],
  ["en", "From date", "To date", "More", "Search", "Write the date as 2026-11-28"],
] as const) {
  test(`a day reads YYYY-MM-DD, typed or picked, whatever the browser's language (${locale})`, async ({
    open: window,
    baseURL,
  }) => {
    const page = await window("admin", { locale: "en-US" });
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    await openPage(page, "/operations");
    const first = page.getByRole("textbox", { name: from, exact: true });
    const last = page.getByRole("textbox", { name: to, exact: true });
    await expect(async () => {
      if (!(await first.isVisible())) await page.getByRole("button", { name: open }).click({ timeout: 2_000 });
      await expect(first).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await expect(first).toHaveAttribute("placeholder", "YYYY-MM-DD");
    await first.pressSequentially("20261108");
    await expect(first).toHaveValue("2026-11-08");
    await last.pressSequentially("2026/11/9");
    await last.press("Tab");
    await expect(last).toHaveValue("2026-11-09");
    // The browser's own picker is the next stop, and what is picked there is written in the field.
    const picker = page.getByRole("button", { name: new RegExp(`[:：] ?${to}$`) });
    await expect(picker).toBeFocused();
    await page
      .locator('input[type="date"]')
      .nth(1)
      .evaluate((input) => {
        if (!(input instanceof HTMLInputElement)) throw new Error("no date field");
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, "2026-11-10");
        input.dispatchEvent(new Event("input", { bubbles: true }));
      });
    await expect(last).toHaveValue("2026-11-10");
    await page.getByRole("button", { name: search, exact: true }).click();
    await expect(page).toHaveURL(/from=2026-11-08&to=2026-11-10/);

    // What is no day is said, and not left out in silence.
    await first.fill("2026-02-30");
    await first.press("Enter");
    await expect(page.getByText(bad)).toBeVisible();
    await expect(first).toBeFocused();
    await expect(page).toHaveURL(/from=2026-11-08/);
  });
}
