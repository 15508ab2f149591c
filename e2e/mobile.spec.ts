import { expect, test } from "./support/fixtures";
import { expectDone, orderKeys } from "./support/generating";
import { openPage, PAGES } from "./support/pages";
import {
  chooseTarget,
  confirmButton,
  openOperation,
  openTransfer,
  outcome,
  previewTransfer,
} from "./support/transferring";

const viewport = { width: 360, height: 740 };

for (const locale of ["zh-CN", "en"]) {
  test(`on a phone no page of the console scrolls sideways (${locale})`, async ({ open, ownCards, baseURL }) => {
    const [long] = await ownCards({ name: `averyverylongnamewithoutanyspaces${"x".repeat(120)}` });
    const page = await open("admin", { viewport, hasTouch: true, isMobile: true });
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    for (const path of [...PAGES, `/cards/${long.id}`, `/cards?id=${long.id}`]) {
      await openPage(page, path);
      const wide = await page.evaluate(() => {
        const root = document.documentElement;
        const culprits = [...document.querySelectorAll("body *")]
          .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
          .slice(0, 3)
          .map((element) => element.outerHTML.slice(0, 160));
        return root.scrollWidth > root.clientWidth ? [root.scrollWidth, ...culprits] : [];
      });
      expect(wide, path).toEqual([]);
    }
  });
}

test("the sign-in page fits a phone", async ({ open }) => {
  const page = await open(null, { viewport });
  await page.goto("/login");
  await expect(page.getByRole("button", { name: "登录", exact: true })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test("on a phone support finds a card by phone and reads its balance", async ({ open, ownCards }) => {
  const [card] = await ownCards({ balance: 4242 });
  const page = await open("support", { viewport, hasTouch: true, isMobile: true });
  await page.goto("/");
  await page.getByRole("combobox", { name: "查找额度卡" }).fill(card.phone);
  await page.getByRole("combobox", { name: "查找额度卡" }).press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: card.name })).toBeInViewport();
  await expect(page.getByText("4,242").first()).toBeInViewport();
});

test("on a phone every room is in reach of the thumb", async ({ open }) => {
  const page = await open("admin", { viewport, hasTouch: true, isMobile: true });
  await page.goto("/");
  const bar = page.getByRole("navigation", { name: "主导航" });
  await bar.getByRole("link", { name: "额度卡" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "额度卡" })).toBeVisible();
  await bar.getByRole("button", { name: "更多" }).tap();
  await page.getByRole("menuitem", { name: "设置" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "设置" })).toBeVisible();
});

test("on a phone a transfer can be made to the end", async ({ open, ownCards }) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  const page = await open("operator", { viewport, hasTouch: true, isMobile: true });
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("4");
  await dialog.getByRole("button", { name: "预览" }).tap();
  await expect(confirmButton(dialog, 4)).toBeInViewport();
  await confirmButton(dialog, 4).tap();
  await expect(outcome(dialog)).toContainText("转让成功");
});

for (const locale of ["zh-CN", "en"]) {
  test(`on a phone the evidence of an operation is read without scrolling sideways (${locale})`, async ({
    open,
    ownCards,
    sandbox,
    baseURL,
  }) => {
    const [from, to] = await ownCards({ balance: 1_234_567 }, { balance: 0 });
    const page = await open("operator", { viewport, hasTouch: true, isMobile: true });
    await sandbox.fault({ fault: "reset", effect: "before", match: { kind: "transfer", when: { code: from.code } } });
    const dialog = await previewTransfer(page, from, to, 4);
    await confirmButton(dialog, 4).tap();
    await expect(outcome(dialog)).toContainText("已核实：转让已生效");
    await openOperation(page, dialog.getByRole("link", { name: "查看操作" }));
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    await page.reload();
    const evidence = page.locator("section").filter({ has: page.getByRole("heading", { name: /^(读数|Readings)$/ }) });
    await expect(evidence.getByText(/^(已生效（有读数为证）|Confirmed applied)$/).first()).toBeVisible();
    const hidden = await evidence.evaluate((section) =>
      [section, ...section.querySelectorAll("*")]
        .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth)
        .map((element) => element.outerHTML.slice(0, 160)),
    );
    expect(hidden).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
}

test("on a phone a batch has one menu for its files, and its speed stands in one line", async ({ open, sandbox }) => {
  const page = await open("operator", { viewport, hasTouch: true, isMobile: true });
  await sandbox.hold("generate", 1);
  await orderKeys(page, "周卡", 23);
  const speed = page.getByText("速度", { exact: true });
  await expect(speed).toBeVisible();
  const lines = await speed.evaluate((label) => {
    const value = label.nextElementSibling;
    if (!value) return 0;
    return value.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(value).lineHeight);
  });
  expect(Math.round(lines)).toBe(1);
  await sandbox.release();
  await expectDone(page, 23);
  const main = page.getByRole("main");
  await expect(main.getByRole("button", { name: /^下载/ })).toHaveCount(0);
  const file = page.getByRole("menuitem", { name: "下载 TXT（23 张）" });
  await expect(async () => {
    if (!(await file.isVisible())) await main.getByRole("button", { name: "导出", exact: true }).tap();
    await expect(file).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const coming = page.waitForEvent("download");
  await file.tap();
  expect((await coming).suggestedFilename()).toMatch(/23张.*\.txt$/);
});
