import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";
import { confirmButton, openCardMenu, outcome, previewTransfer } from "./support/transferring";

test("without a network the page stays, says so, and no strip is empty", async ({ open }) => {
  const page = await open("support");
  await openReady(page, "/operations");
  await page.context().setOffline(true);
  await expect(page.getByText(/网络已断开，显示的是 \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} 读到的数据/)).toBeVisible();

  await page.getByRole("combobox", { name: "查找额度卡" }).fill("13800000000");
  await expect(page.getByRole("status").filter({ hasText: "无法连接到控制台服务器" })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: "账单" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "操作" })).toBeVisible();

  await page.context().setOffline(false);
  await expect(page.getByText("网络已断开")).toHaveCount(0);
});

test("without a network a found card and a row open nothing, and what is on the screen stays", async ({
  open,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const page = await open("support");
  await page.goto(`/cards?id=${card.id}`);
  const row = page.getByRole("row", { name: card.name });
  const box = page.getByRole("combobox", { name: "查找额度卡" });
  await expect(row).toBeVisible();
  await expect(box).toBeFocused();
  await box.fill(card.name);
  const found = page.getByRole("option", { name: card.name });
  await expect(found).toBeVisible();
  // Gone if the browser loads anything in this page's place.
  await page.evaluate(() => {
    document.body.dataset.stayed = "yes";
  });
  await page.context().setOffline(true);
  await expect(page.getByText("网络已断开")).toBeVisible();

  await found.click();
  await expect(box).toHaveValue(card.name);
  await row.focus();
  await page.keyboard.press("Enter");

  await page.context().setOffline(false);
  await expect(page.getByText("网络已断开")).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`/cards\\?id=${card.id}$`));
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/cards/${card.id}$`));
  await expect(page.locator("body[data-stayed=yes]")).toHaveCount(1);
});

test("without a network a dialog opens whose menu was open before", async ({ open, ownCards }) => {
  const [card] = await ownCards({ balance: 10 });
  const page = await open("operator");
  const menu = await openCardMenu(page, card);
  // Its code comes with the first sign that it may be used.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await menu.getByRole("menuitem", { name: "转让额度" }).hover({ timeout: 2_000 });
    await expect(page.locator("dialog").filter({ hasText: card.name })).toHaveCount(1, { timeout: 2_000 });
  }).toPass();
  await page.context().setOffline(true);
  await menu.getByRole("menuitem", { name: "转让额度" }).click();
  const dialog = page.getByRole("dialog", { name: "转让额度" });
  await expect(dialog.getByRole("textbox", { name: "转入卡" })).toBeVisible();
  await page.context().setOffline(false);
});

test("while a page is long in coming: the menu's mark, a line, and its skeleton", async ({ open }) => {
  const page = await open("support");
  await openReady(page, "/operations");
  const operations = page.getByRole("heading", { level: 1, name: "操作" });
  await expect(operations).toBeVisible();
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/cards(\?|$)/, async (route) => {
    await arrived;
    await route.continue();
  });
  const menu = page.getByRole("navigation", { name: "主导航" });
  const link = menu.getByRole("link", { name: "额度卡" });
  await link.click();
  await expect(link).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("progressbar", { name: "加载中" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("status")).toHaveText("加载中");
  await expect(operations).toBeHidden();
  await expect(page).toHaveURL(/\/operations$/);

  arrive();
  await expect(page.getByRole("heading", { level: 1, name: "额度卡" })).toBeVisible();
  await expect(page.getByRole("progressbar", { name: "加载中" })).toHaveCount(0);

  // Back where it was left: nothing is on its way there.
  await page.goBack();
  await expect(operations).toBeVisible();
  await expect(menu.getByRole("link", { name: /^操作/ })).toHaveAttribute("aria-current", "page");
  await expect(link).not.toHaveAttribute("aria-current", "page");
});

test("a card that doesn't exist is answered 404, not a skeleton and 200", async ({ requestAs }) => {
  const request = await requestAs("support");
  expect((await request.get(`/cards/${"0".repeat(32)}`)).status()).toBe(404);
  expect((await request.get("/operations/none")).status()).toBe(404);
});

test("the way back, hours later, reads the list again", async ({ operator, open, ownCards }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  await operator.clock.install();
  await openReady(operator, "/operations");
  const menu = operator.getByRole("navigation", { name: "主导航" });
  await menu.getByRole("link", { name: "账单" }).click();
  await expect(operator.getByRole("heading", { level: 1, name: "账单" })).toBeVisible();
  const dialog = await previewTransfer(await open("operator"), from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");

  // All that was kept of the list is forgotten; and on the way back no timer brings it.
  await operator.clock.fastForward("03:00:00");
  await operator.clock.pauseAt(new Date(await operator.evaluate(() => Date.now() + 1_000)));
  await operator.goBack();
  await expect(operator.getByRole("row", { name: from.name })).toContainText("转让 3 次");
});

test("a list that can't be read again says so, and of when it is; once it can be it is read", async ({
  open,
  ownCards,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const page = await open("operator", { expectedErrors: /502/ });
  await openReady(page, "/operations");
  await page.route("**/api/**", (route) => route.fulfill({ status: 502, body: "<h1>Bad Gateway</h1>" }));
  await page.getByRole("button", { name: "刷新" }).first().click();
  const notice = page.getByText(/读不到新数据，显示的是 \d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} 读到的数据/);
  await expect(notice).toBeVisible();
  const dialog = await previewTransfer(await open("operator"), from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await page.unrouteAll();
  await page.getByRole("button", { name: "刷新" }).first().click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByRole("row", { name: from.name })).toContainText("转让 3 次");
});

test("when the network is back the page is read again at once", async ({ open, ownCards }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const page = await open("operator");
  await page.clock.install();
  await openReady(page, "/operations");
  await page.clock.pauseAt(new Date(await page.evaluate(() => Date.now() + 1_000)));
  await page.context().setOffline(true);
  await expect(page.getByText("网络已断开")).toBeVisible();
  const dialog = await previewTransfer(await open("operator"), from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await page.context().setOffline(false);
  await expect(page.getByRole("row", { name: from.name })).toContainText("转让 3 次");
});

test("a device whose clock is an hour ahead does not call a new reading an hour old", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await support.addInitScript(() => {
    const Right = Date;
    const now = () => Right.now() + 3_600_000;
    globalThis.Date = new Proxy(Right, {
      construct: (_, given) => Reflect.construct(Right, given.length > 0 ? given : [now()]),
      get: (_, name) => (name === "now" ? now : Reflect.get(Right, name)),
    });
  });
  await openReady(support, `/cards?id=${card.id}`);
  expect(await support.evaluate(() => Date.now() - performance.timeOrigin)).toBeGreaterThan(3_500_000);
  await support.getByRole("row", { name: card.name }).getByRole("link").first().click();
  await expect(support).toHaveURL(new RegExp(`/cards/${card.id}$`));
  await expect(support.getByText(/(刚刚|秒前|分钟前|小时前)更新$/)).toHaveText(/^(刚刚|\d+ (秒|分钟)前)更新$/);
});
