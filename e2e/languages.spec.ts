import { expect, test } from "./support/fixtures";
import { openMenu } from "./support/menus";
import { openPage, PAGES } from "./support/pages";

test("the language is switched in the account menu and stays", async ({ support }) => {
  await support.goto("/billing");
  await (await openMenu(support, "账号：support")).getByRole("menuitemradio", { name: "English" }).click();
  await expect(support.getByRole("heading", { level: 1, name: "Billing" })).toBeVisible();
  await expect(support.locator("html")).toHaveAttribute("lang", "en");
  await support.goto("/operations");
  await expect(support.getByRole("heading", { level: 1, name: "Operations" })).toBeVisible();

  await (await openMenu(support, "Account: support")).getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(support.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();
});

test("no browser translates a page by itself: what it puts in a text's place would stay when React changes it", async ({
  support,
  anonymous,
}) => {
  for (const [page, path] of [
    [support, "/cards"],
    [support, "/no-such-page"],
    [anonymous, "/login"],
  ] as const) {
    await page.goto(path);
    await expect(page.locator("html"), path).toHaveAttribute("translate", "no");
    await expect(page.locator('meta[name="google"]'), path).toHaveAttribute("content", "notranslate");
  }
});

test("the sign-in page speaks both languages", async ({ anonymous }) => {
  await anonymous.goto("/login");
  await expect(anonymous.getByRole("heading", { level: 1, name: "登录" })).toBeVisible();
  await (await openMenu(anonymous, "语言与主题")).getByRole("menuitemradio", { name: "English" }).click();
  await expect(anonymous.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
});

for (const { language, locale, foreign } of [
  { language: "English", locale: "en", foreign: /[\u4e00-\u9fff]/ },
  { language: "Chinese", locale: "zh-CN", foreign: /^[\x20-\x7e]+$/ },
]) {
  test(`in ${language} every heading and every column is in ${language}`, async ({ open, baseURL }) => {
    const page = await open("admin");
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    for (const path of PAGES) {
      await openPage(page, path);
      await expect(page.locator("html"), path).toHaveAttribute("lang", locale);
      // Names of cards and users are people's own; these are ours.
      const ours = await page.getByRole("heading").or(page.getByRole("columnheader")).allTextContents();
      const strange = ours.map((text) => text.trim()).filter((text) => text && foreign.test(text));
      expect(strange, path).toEqual([]);
    }
  });
}
