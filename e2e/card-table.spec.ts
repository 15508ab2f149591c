import type { Page, Request } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openMenu } from "./support/menus";
import { ownName } from "./support/own-name";
import { openReady } from "./support/pages";

const rows = (page: Page) =>
  page
    .getByRole("table", { name: "额度卡列表" })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
const total = (page: Page, count: number) => page.getByRole("navigation", { name: "分页" }).getByText(`共 ${count} 条`);
const balances = async (page: Page) =>
  (
    await page
      .getByRole("table", { name: "额度卡列表" })
      .getByRole("cell", { name: /^[\d,]+$/ })
      .allTextContents()
  ).map(Number);
/** A nickname of one's own that all cards of a test share. */
const herd = () => ownName("群");

test("filters narrow the table, stand in the address, and are put back by 重置", async ({ support, ownCards }) => {
  const name = herd();
  await ownCards(
    { name, type: "1", balance: 5 },
    { name, type: "2", balance: 50 },
    { name, type: "2", balance: 500 },
    { name, type: "3", balance: 0 },
  );
  await openReady(support, "/cards");
  await support.getByRole("textbox", { name: "昵称" }).fill(name);
  await support.getByRole("textbox", { name: "昵称" }).press("Enter");
  await expect(total(support, 4)).toBeVisible();

  await (await openMenu(support, "全部类型")).getByRole("menuitemcheckbox", { name: /^九尾狐/ }).click();
  await support.keyboard.press("Escape");
  await support.getByRole("button", { name: "查询" }).click();
  await expect(total(support, 2)).toBeVisible();

  await support.getByRole("button", { name: "展开" }).click();
  await support.getByRole("textbox", { name: "余额下限" }).fill("51");
  await support.getByRole("button", { name: "查询" }).click();
  await expect(total(support, 1)).toBeVisible();
  await expect(rows(support)).toContainText("500");
  await expect(support).toHaveURL(/[?&]min=51(&|$)/);

  await support.getByRole("button", { name: "重置" }).click();
  await expect(support.getByRole("textbox", { name: "昵称" })).toHaveValue("");
  await expect(support).not.toHaveURL(/[?&]name=/);
});

test("empty, unredeemed and exact filters find what they say", async ({ support, ownCards }) => {
  const name = herd();
  const [empty, free] = await ownCards({ name, balance: 0 }, { redeemed: false, balance: 777_001 });
  await support.goto(`/cards?name=${encodeURIComponent(name)}&empty=yes`);
  await expect(total(support, 1)).toBeVisible();
  await expect(rows(support)).toContainText(empty.name);
  await support.goto("/cards?min=777001&max=777001&redeemed=no");
  await expect(rows(support)).toHaveCount(1);
  await expect(rows(support)).toContainText(`••••${free.code.slice(-4)}`);
  await expect(rows(support)).toContainText("未兑换");
});

test("a column sorts the whole set, pages split it, and both stand in the address", async ({ support, ownCards }) => {
  const name = herd();
  await ownCards(...Array.from({ length: 23 }, (_, at) => ({ name, balance: 100 + ((at * 7) % 23) })));
  await openReady(support, `/cards?name=${encodeURIComponent(name)}&size=20`);
  await expect(total(support, 23)).toBeVisible();
  const head = support.getByRole("columnheader", { name: "余额（次）" });
  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "descending");
  await expect.poll(() => balances(support)).toEqual(Array.from({ length: 20 }, (_, at) => 122 - at));

  const pages = support.getByRole("navigation", { name: "分页" });
  await pages.getByRole("button", { name: "下一页" }).click();
  await expect.poll(() => balances(support)).toEqual([102, 101, 100]);
  await expect(pages.getByRole("button", { name: "末页" })).toBeDisabled();
  // The address follows its rows.
  await expect(support).toHaveURL(/page=2/);
  await support.reload();
  await expect.poll(() => balances(support)).toEqual([102, 101, 100]);

  await head.getByRole("button").click();
  await expect(head).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(() => balances(support)).toEqual(Array.from({ length: 20 }, (_, at) => 100 + at));
  const jump = pages.getByRole("textbox", { name: "跳至页码" });
  await jump.fill("2");
  await jump.press("Enter");
  await expect.poll(() => balances(support)).toEqual([120, 121, 122]);
  // Whoever jumps may jump on.
  await expect(jump).toBeFocused();
  await jump.fill("7");
  await pages.getByRole("button", { name: "上一页" }).click();
  await expect(jump).toHaveValue("1");
  await pages.getByRole("combobox", { name: "每页条数" }).selectOption("50");
  await expect(rows(support)).toHaveCount(23);
});

test("Back and Forward walk through what was asked, also from a card's page", async ({ support, ownCards }) => {
  const name = herd();
  const [first] = await ownCards({ name, balance: 11 }, { name, balance: 12 });
  await openReady(support, "/cards");
  await support.getByRole("textbox", { name: "昵称" }).fill(name);
  await support.getByRole("button", { name: "查询" }).click();
  await expect(total(support, 2)).toBeVisible();
  await support.getByRole("columnheader", { name: "余额（次）" }).getByRole("button").click();
  await expect.poll(() => balances(support)).toEqual([12, 11]);
  await rows(support).nth(1).getByRole("link").click();
  await expect(support).toHaveURL(new RegExp(`/cards/${first.id}$`));

  await support.goBack();
  await expect.poll(() => balances(support)).toEqual([12, 11]);
  await expect(support.getByRole("textbox", { name: "昵称" })).toHaveValue(name);
  await support.goBack();
  await expect(support.getByRole("columnheader", { name: "余额（次）" })).toHaveAttribute("aria-sort", "none");
  await support.goBack();
  await expect(support.getByRole("textbox", { name: "昵称" })).toHaveValue("");
  await support.goForward();
  await expect(total(support, 2)).toBeVisible();
});

test("a search by phone is not in the address, and yet survives Back and a reload", async ({ support, ownCards }) => {
  const [card, other] = await ownCards({}, {});
  await openReady(support, "/cards");
  for (const { phone, name } of [card, other]) {
    const before = support.url();
    await support.getByRole("textbox", { name: "手机号" }).fill(phone);
    await support.getByRole("button", { name: "查询" }).click();
    await expect(rows(support)).toHaveCount(1);
    await expect(rows(support)).toContainText(name);
    await expect(support).not.toHaveURL(before);
    expect(support.url()).not.toContain(phone);
  }
  await support.reload();
  await expect(rows(support)).toHaveCount(1);
  await expect(rows(support)).toContainText(other.name);
  await expect(support.getByRole("textbox", { name: "手机号" })).toHaveValue(other.phone);
  await support.goBack();
  await expect(rows(support)).toContainText(card.name);
  await expect(support.getByRole("textbox", { name: "手机号" })).toHaveValue(card.phone);
});

test("a link with another tab's private search says so and shows no card", async ({ support }) => {
  await support.goto("/cards?q=notmine1");
  await expect(support.getByText("这个链接是一次私密查询")).toBeVisible();
  await expect(rows(support)).toHaveCount(0);
  await expect(support.getByRole("button", { name: /^导出/ })).toBeDisabled();
  await support.getByRole("button", { name: "查看全部额度卡" }).click();
  await expect(rows(support).first()).toBeVisible();
  await expect(support).not.toHaveURL(/[?&]q=/);
});

test("several phones pasted into the filter are refused in words, and none is cut", async ({ support, ownCards }) => {
  const [card, other] = await ownCards({}, {});
  await openReady(support, "/cards");
  const field = support.getByRole("textbox", { name: "手机号" });
  const pasted = `${card.phone} ${other.phone} ${card.phone}`;
  await field.fill(pasted);
  await field.press("Enter");
  await expect(support.getByText("一次只能填一个号码")).toBeVisible();
  await expect(field).toHaveValue(pasted);
  await field.fill(card.phone);
  await field.press("Enter");
  await expect(rows(support)).toHaveCount(1);
  await expect(support.getByText("一次只能填一个号码")).toHaveCount(0);
});

test("nonsense in the address shows cards all the same", async ({ support }) => {
  await support.goto("/cards?page=-5&size=100000000&sort=password_hash&desc=maybe&min=1e99&types=&from=never&gone=9");
  await expect(rows(support).first()).toBeVisible();
  await support.goto("/cards?page=99999&size=50");
  await expect(support.getByRole("navigation", { name: "分页" })).toBeVisible();
});

test("a NUL, which no text can hold, is a bad request and no fault of ours", async ({ requestAs }) => {
  const request = await requestAs("support");
  for (const path of ["/cards?name=%00", "/operations?actor=a%00", "/cards/%00"])
    expect((await request.get(path)).status(), path).toBe(400);
  expect((await request.post("/api/cards/find", { data: { text: "a\u0000" } })).status()).toBe(400);
});

test("ticks are counted over pages, and all that match can be taken", async ({ support, ownCards }) => {
  const name = herd();
  await ownCards(...Array.from({ length: 21 }, () => ({ name })));
  await openReady(support, `/cards?name=${encodeURIComponent(name)}&size=20`);
  await support.getByRole("checkbox", { name: "选择本页" }).check();
  const bar = support.getByRole("region", { name: "已选中的行" });
  await expect(bar).toContainText("已选 20 张");
  await bar.getByRole("button", { name: "选择全部 21 张" }).click();
  await expect(bar).toContainText("已选 21 张");
  await support.getByRole("button", { name: "下一页" }).click();
  await expect(rows(support)).toHaveCount(1);
  await expect(support.getByRole("checkbox", { name: `选择 ${name}` })).toBeChecked();
  await bar.getByRole("button", { name: "取消选择" }).click();
  await expect(bar).toHaveCount(0);
});

test("names that are markup, formulas or right-to-left are shown as text", async ({ support, ownCards }) => {
  const mark = herd();
  const names = [`<img src=x onerror=alert(1)>${mark}`, `</td></table><b>${mark}`, `\u202E${mark}`, `=1+1${mark}`];
  await ownCards(...names.map((name) => ({ name })));
  await support.goto(`/cards?name=${mark}`);
  await expect(rows(support)).toHaveCount(names.length);
  for (const name of names) await expect(support.getByRole("cell", { name }).first()).toBeVisible();
  await expect(support.getByRole("img", { name: "x" })).toHaveCount(0);
});

test("a column can be hidden and the choice stays", async ({ support }) => {
  await openReady(support, "/cards");
  const head = support.getByRole("columnheader", { name: "手机号" });
  await expect(head).toBeVisible();
  await (await openMenu(support, "列设置")).getByRole("menuitemcheckbox", { name: "手机号" }).click();
  await expect(head).toHaveCount(0);
  await support.reload();
  await expect(support.getByRole("columnheader", { name: "兑换码" })).toBeVisible();
  await expect(head).toHaveCount(0);
});

test("while ESP-AI is down the table keeps its rows, with their age and the reason", async ({
  support,
  sandbox,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 4321 });
  await sandbox.fault({ fault: "html-502", match: { upstream: "espai" } });
  await expect(async () => {
    await support.goto(`/cards?id=${card.id}`);
    await expect(support.getByText(/更新.*·.*ESP-AI/)).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(rows(support)).toContainText("4,321");
  await sandbox.clearFaults();
  await expect(async () => {
    await support.reload();
    await expect(support.getByText(/更新.*·/)).toHaveCount(0, { timeout: 500 });
  }).toPass();
});

test("as many cards as can be ticked can be exported", async ({ requestAs }) => {
  const request = await requestAs("support");
  const ids = Array.from({ length: 10_000 }, (_, place) => place.toString(16).padStart(32, "0"));
  const scope = { kind: "selected", ids };
  const answer = await request.post("/api/cards/export", { data: { format: "xlsx", scope } });
  expect(answer.status()).toBe(200);
  expect((await answer.body()).subarray(0, 2).toString()).toBe("PK");
});

test("one menu serves all rows: it opens at the button that is pressed, and gives the focus back", async ({
  support,
  ownCards,
}) => {
  const name = herd();
  await ownCards({ name: `${name}甲`, balance: 2 }, { name: `${name}乙`, balance: 1 });
  await support.goto(`/cards?name=${encodeURIComponent(name)}&sort=balance`);
  const button = (which: string) => support.getByRole("button", { name: `${name}${which} 的操作` });
  const menu = (which: string) => support.getByRole("menu", { name: `${name}${which} 的操作` });
  await openMenu(support, `${name}乙 的操作`);
  await expect(menu("乙").getByRole("menuitem").first()).toBeFocused();
  await button("甲").click();
  await expect(menu("甲").getByRole("menuitem").first()).toBeFocused();
  await expect(button("甲")).toHaveAttribute("aria-expanded", "true");
  await expect(button("乙")).toHaveAttribute("aria-expanded", "false");
  await button("甲").click();
  await expect(support.getByRole("menuitem")).toHaveCount(0);
  await button("甲").press("Enter");
  await expect(menu("甲").getByRole("menuitem").first()).toBeFocused();
  await support.keyboard.press("Escape");
  await expect(button("甲")).toBeFocused();
});

test("a menu stays at its button when the page moves under it, and closes when that is out of sight", async ({
  open,
  ownCards,
}) => {
  const name = herd();
  await ownCards(...Array.from({ length: 14 }, (_, at) => ({ name: `${name}${at}`, balance: at })));
  const page = await open("support", { viewport: { width: 1366, height: 600 } });
  await page.goto(`/cards?name=${encodeURIComponent(name)}`);
  await expect(total(page, 14)).toBeVisible();
  const label = String(await rows(page).last().getByRole("button").getAttribute("aria-label"));
  const button = page.getByRole("button", { name: label, exact: true });
  const menu = await openMenu(page, label);
  const apart = async () => {
    const [at, list] = await Promise.all([button.boundingBox(), menu.boundingBox()]);
    if (!at || !list) return Number.NaN;
    return list.y > at.y ? list.y - (at.y + at.height) : at.y - (list.y + list.height);
  };
  await expect.poll(apart).toBeCloseTo(4, 0);
  const scroll = (by: number) =>
    button.evaluate((element, by) => {
      let box = element.parentElement;
      while (box && (box.scrollHeight <= box.clientHeight || getComputedStyle(box).overflowY === "visible"))
        box = box.parentElement;
      const scroller = box ?? document.documentElement;
      const before = scroller.scrollTop;
      scroller.scrollTop += by;
      return scroller.scrollTop - before;
    }, by);
  expect(await scroll(-40)).toBe(-40);
  await expect.poll(apart).toBeCloseTo(4, 0);
  expect(await scroll(-4_000)).toBeLessThan(-40);
  await expect(menu).toHaveCount(0);
});

test("a time says how long ago it was, where the pointer rests on it", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await support.goto(`/cards?id=${card.id}`);
  const time = rows(support)
    .getByRole("cell", { name: /^\d{4}-\d{2}-\d{2} / })
    .first();
  await expect(async () => {
    await support.mouse.move(0, 0);
    await time.hover();
    await expect(time).toHaveAttribute("title", /前|刚刚/, { timeout: 500 });
  }).toPass();
});

test("with the pointer at rest on 下一页 the page is there before the click", async ({ support, ownCards }) => {
  const name = herd();
  await ownCards(...Array.from({ length: 21 }, () => ({ name })));
  await openReady(support, `/cards?name=${encodeURIComponent(name)}&size=20`);
  const next = support.getByRole("button", { name: "下一页" });
  const asksForIt = (request: Request) =>
    request.url().endsWith("/api/cards/list") && request.postDataJSON().page === 2;
  // A pointer that came before the page was hydrated is not noticed.
  await expect(async () => {
    const answer = support.waitForResponse((response) => asksForIt(response.request()), { timeout: 2_000 });
    await support.mouse.move(0, 0);
    await next.hover();
    await (await answer).finished();
  }).toPass();
  // From here on no list is answered.
  await support.route("**/api/cards/list", () => undefined);
  await next.click();
  await expect(rows(support)).toHaveCount(1);
});
