import type { Page } from "@playwright/test";
import { expect, type OwnCards, test } from "./support/fixtures";
import { openMenu } from "./support/menus";
import { ownName } from "./support/own-name";
import { openReady } from "./support/pages";
import { openCardMenu, openTransfer } from "./support/transferring";

/** What the browser is spared when the table changes: counted, because milliseconds depend on the machine. */

const herd = () => ownName("群");
const pages = (page: Page) => page.getByRole("navigation", { name: "分页" });
const total = (page: Page, count: number) => pages(page).getByText(`共 ${count} 条`);

/** The table of so many cards of one name, whose balances differ. Returns the name. */
async function openHerd(page: Page, ownCards: OwnCards, count: number, { size = 50 } = {}): Promise<string> {
  const name = herd();
  await ownCards(...Array.from({ length: count }, (_, at) => ({ name, balance: 100 + at })));
  await openReady(page, `/cards?${new URLSearchParams({ name, size: String(size) })}`);
  await expect(total(page, count)).toBeVisible();
  return name;
}

/** From now on: rows made anew, dimmings of the table, and the lists asked for. */
async function watchTable(page: Page) {
  const lists: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/cards/list") lists.push(request.postData() ?? "");
  });
  const seen = await page.locator("tbody").evaluateHandle((body) => {
    const counts = { made: 0, dimmed: 0 };
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "attributes") counts.dimmed += 1;
        else counts.made += [...change.addedNodes].filter((node) => node.nodeName === "TR").length;
      }
    }).observe(body, { childList: true, attributes: true, attributeFilter: ["class"] });
    return counts;
  });
  return { lists, counts: () => seen.jsonValue() };
}

test("a filter asks for its rows once and writes them into the rows that are there", async ({ support, ownCards }) => {
  const [before, after] = [herd(), herd()];
  const many = (name: string) => Array.from({ length: 6 }, (_, at) => ({ name, balance: 10 + at }));
  await ownCards(...many(before), ...many(after));
  await openReady(support, `/cards?name=${encodeURIComponent(before)}`);
  await expect(total(support, 6)).toBeVisible();
  const name = support.getByRole("textbox", { name: "昵称" });
  await support.getByRole("button", { name: "展开" }).click();
  await expect(support.getByRole("textbox", { name: "余额下限" })).toBeVisible();
  // What the mirror's own polls find would be read anew.
  await support.route("**/api/cards/sync", () => undefined);
  const watched = await watchTable(support);
  await name.fill(after);
  await name.press("Enter");
  await expect(support.getByRole("table", { name: "额度卡列表" }).getByText(after)).toHaveCount(6);
  await expect(support).toHaveURL(new RegExp(`name=${encodeURIComponent(after)}`));
  expect(watched.lists.filter((body) => body.includes(after))).toHaveLength(1);
  expect((await watched.counts()).made).toBe(0);
});

test("the row that had the focus is made anew on the next page, and no other", async ({ support, ownCards }) => {
  await openHerd(support, ownCards, 40, { size: 20 });
  const box = support.getByRole("table", { name: "额度卡列表" }).getByRole("checkbox").nth(3);
  await box.click();
  await expect(support.getByRole("button", { name: "取消选择" })).toBeVisible();
  const watched = await watchTable(support);
  const next = pages(support).getByRole("button", { name: "下一页" });
  await next.scrollIntoViewIfNeeded();
  const place = await next.boundingBox();
  await next.click();
  await expect(pages(support).getByRole("textbox", { name: "跳至页码" })).toHaveValue("2");
  await expect.poll(async () => (await watched.counts()).made).toBe(1);
  // Who pages on stays on the button: it must not move away from under the pointer.
  expect(await next.boundingBox()).toEqual(place);
});

test("each page is an entry of its own, also where the next press comes before its rows", async ({
  support,
  ownCards,
}) => {
  await openHerd(support, ownCards, 60, { size: 20 });
  const box = support.getByRole("table", { name: "额度卡列表" }).getByRole("checkbox").nth(3);
  await box.click();
  await expect(support.getByRole("button", { name: "取消选择" })).toBeVisible();
  const next = pages(support).getByRole("button", { name: "下一页" });
  const shown = pages(support).getByRole("textbox", { name: "跳至页码" });
  await next.click();
  await expect(shown).toHaveValue("2");
  await next.click();
  await expect(shown).toHaveValue("3");
  await expect(support).toHaveURL(/page=3/);
  await support.goBack();
  await expect(support).toHaveURL(/page=2/);
  await expect(shown).toHaveValue("2");
  await support.goBack();
  await expect(support).not.toHaveURL(/page=/);
  await expect(shown).toHaveValue("1");
});

test("the next page writes nothing into the check boxes and the filters", async ({ support, ownCards }) => {
  const name = await openHerd(support, ownCards, 40, { size: 20 });
  const boxes = support.getByRole("table", { name: "额度卡列表" }).getByRole("checkbox");
  await expect(boxes.nth(1)).toHaveAccessibleName(`选择 ${name}`);
  const next = pages(support).getByRole("button", { name: "下一页" });
  const written = await support.locator("main").evaluateHandle((main) => {
    const inputs: string[] = [];
    const watched = "tbody input, search *";
    new MutationObserver((changes) => {
      for (const { target, attributeName } of changes)
        if (target instanceof Element && target.matches(watched)) inputs.push(`${target.nodeName} ${attributeName}`);
    }).observe(main, { subtree: true, attributes: true });
    return inputs;
  });
  // The rows of the next page are there when it is pressed: nothing says that they are waited for.
  const lists: string[] = [];
  support.on("response", (response) => {
    if (new URL(response.url()).pathname === "/api/cards/list") lists.push(response.request().postData() ?? "");
  });
  await expect(async () => {
    await support.mouse.move(0, 0);
    await next.hover({ timeout: 1_000 });
    await expect
      .poll(() => lists.filter((body) => body.includes('"page":2')).length, { timeout: 1_000 })
      .toBeGreaterThan(0);
  }).toPass();
  await next.click();
  await expect(pages(support).getByRole("textbox", { name: "跳至页码" })).toHaveValue("2");
  await expect(support).toHaveURL(/page=2/);
  expect(await written.jsonValue()).toEqual([]);
});

test("the name of a button goes when it is pressed, also while the pointer stays on it", async ({
  support,
  ownCards,
}) => {
  await openHerd(support, ownCards, 40, { size: 20 });
  const next = pages(support).getByRole("button", { name: "下一页" });
  const tip = support.getByRole("tooltip").filter({ hasText: "下一页" });
  await expect(async () => {
    await support.mouse.move(0, 0);
    await next.hover({ timeout: 1_000 });
    await expect(tip).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await support.mouse.down();
  await expect(tip).toHaveCount(0);
  await support.mouse.up();
  await expect(pages(support).getByRole("textbox", { name: "跳至页码" })).toHaveValue("2");
  await expect(tip).toHaveCount(0);
});

test("a dialog is shown before the rest is inert; a key finds it modal, and a press nothing below it", async ({
  operator,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 40 });
  const dialog = await openTransfer(operator, card);
  const isModal = () => operator.locator("dialog").evaluate((element) => element.matches(":modal"));
  await expect.poll(isModal).toBe(true);
  await operator.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  const link = await operator.getByRole("navigation").getByRole("link").nth(1).boundingBox();
  const address = operator.url();
  /** With no frame drawn it stays as it is before the first one. */
  const openUnseen = async () => {
    const menu = await openMenu(operator, `${card.name} 的操作`);
    await operator.evaluate(() => {
      window.requestAnimationFrame = () => 0;
    });
    await menu.getByRole("menuitem", { name: "转让额度" }).click();
    await expect(operator.getByRole("textbox", { name: "转入卡" })).toBeFocused();
    expect(await isModal()).toBe(false);
  };

  await openUnseen();
  await operator.keyboard.press("Shift+Tab");
  expect(await isModal()).toBe(true);
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await operator.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  await openUnseen();
  await operator.mouse.click((link?.x ?? 0) + 5, (link?.y ?? 0) + 5);
  await expect(operator.getByRole("textbox", { name: "转入卡" })).toBeFocused();
  expect(operator.url()).toBe(address);
});

test("an opening dialog does not style the table's cells anew", async ({ support, ownCards }) => {
  await openHerd(support, ownCards, 60);
  // The page comes with the first screen's rows.
  await expect(support.locator("tbody tr")).toHaveCount(50);
  const cells = await support.locator("tbody td").count();
  expect(cells).toBeGreaterThan(400);
  const styled = await elementsStyled(support, () => {
    const dialog = document.body.appendChild(document.createElement("dialog"));
    dialog.showModal();
    dialog.getBoundingClientRect();
    dialog.remove();
  });
  expect(styled).toBeLessThan(1.5 * cells);
});

test("a page that is still being read does not have its cells styled anew with each element that comes", async ({
  support,
  ownCards,
}) => {
  await openHerd(support, ownCards, 20);
  expect(await support.locator("tbody td").count()).toBeGreaterThan(150);
  const styled = await elementsStyled(support, () => {
    // Until then the body is the last one.
    const last = document.documentElement.appendChild(document.createElement("i"));
    last.getBoundingClientRect();
    last.remove();
    document.body.getBoundingClientRect();
  });
  expect(styled).toBeLessThan(50);
});

test("the dialog of a menu's item is drawn, closed, under the pointer; of a destruction nothing is read before it is chosen", async ({
  operator,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 40 });
  const drawn = operator.locator("dialog").filter({ hasText: card.name });
  const menu = await openCardMenu(operator, card);
  // Its code comes with the first sign that it may be used.
  await expect(async () => {
    await operator.mouse.move(0, 0);
    await menu.getByRole("menuitem", { name: "转让额度" }).hover({ timeout: 1_000 });
    await expect(drawn).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(drawn).toBeHidden();
  await expect(operator.getByRole("dialog")).toHaveCount(0);
  const watched = await watchTable(operator);
  const actions: string[] = [];
  operator.on("request", (request) => {
    if (request.headers()["next-action"]) actions.push(request.url());
  });
  await menu.getByRole("menuitem", { name: "销毁" }).hover();
  await menu.getByRole("menuitem", { name: "转让额度" }).hover();
  expect(actions).toEqual([]);
  await menu.getByRole("menuitem", { name: "转让额度" }).click();
  await expect(operator.getByRole("dialog", { name: "转让额度" })).toBeVisible();
  await expect(operator.getByRole("textbox", { name: "转入卡" })).toBeFocused();
  expect(await watched.counts()).toEqual({ made: 0, dimmed: 0 });
  await operator.keyboard.press("Escape");
  await expect(operator.locator("dialog")).toHaveCount(0);
});

/** How many elements and pseudo-elements the browser styles meanwhile, by its own trace; the largest pass of all. */
async function elementsStyled(page: Page, act: () => void): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  const passes: number[] = [];
  cdp.on("Tracing.dataCollected", ({ value }) => {
    for (const { name, args } of value as { name?: string; args?: { elementCount?: number } }[]) {
      if (name === "UpdateLayoutTree") passes.push(args?.elementCount ?? 0);
    }
  });
  const ended = new Promise((resolve) => cdp.once("Tracing.tracingComplete", resolve));
  await cdp.send("Tracing.start", { transferMode: "ReportEvents", categories: "devtools.timeline" });
  await page.evaluate(act);
  await cdp.send("Tracing.end");
  await ended;
  await cdp.detach();
  return Math.max(...passes);
}
