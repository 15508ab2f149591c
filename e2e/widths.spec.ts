import { randomBytes } from "node:crypto";
import { expect, test } from "./support/fixtures";
import { expectDone, orderKeys } from "./support/generating";
import { openPage, PAGES } from "./support/pages";
import { ON_RELEASE } from "./support/sandbox";
import { confirmButton, outcome, previewTransfer } from "./support/transferring";

/** The widths people have, and 1366 px at 200 %. */
const SIZES = [
  { width: 360, height: 740 },
  { width: 683, height: 425 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
];

for (const locale of ["zh-CN", "en"])
  test(`at no width does a page or the menu scroll sideways, or a button lie outside (${locale})`, async ({
    open,
    operator,
    ownCards,
    requestAs,
    baseURL,
  }) => {
    const [card] = await ownCards({ balance: 1_234_567 });
    const about = { data: { cardId: card.id } };
    const { userId } = await (await (await requestAs("support")).post("/api/customers/get", about)).json();
    const batch = await orderKeys(operator, "天卡", 3);
    await expectDone(operator, 3);
    const page = await open("admin");
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    for (const path of [...PAGES, `/cards/${card.id}`, `/customers/${userId}`, batch.path]) {
      await openPage(page, path);
      for (const size of SIZES) {
        await page.setViewportSize(size);
        // A table notices its new width a moment later.
        await expect.poll(() => page.evaluate(findFlaws), { message: `${path} at ${size.width}` }).toEqual([]);
      }
    }
  });

for (const locale of ["zh-CN", "en"])
  test(`at no width does the sheet of a paste scroll sideways (${locale})`, async ({ open, ownCards, baseURL }) => {
    const [card, other] = await ownCards(
      { name: `长${"x".repeat(60)}`, type: "0", balance: 123_456_789 },
      { name: "八个字的昵称也长", type: "4", balance: "-1" },
    );
    const lines = [card.phone, card.phone, other.id, `${"0".repeat(31)}1`, "谢谢老板"];
    const page = await open("operator");
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    await openPage(page, "/cards/paste");
    const text = page.getByRole("main").getByRole("textbox").first();
    await expect(async () => {
      await text.fill(lines.map((line, at) => `${line}\t${1_000_000 + at * 50}`).join("\n"));
      await text.press("ControlOrMeta+Enter");
      await expect(page.locator("tbody tr")).toHaveCount(lines.length, { timeout: 5_000 });
    }).toPass();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect.poll(() => page.evaluate(findFlaws), { message: `${size.width}` }).toEqual([]);
    }
  });

test("a long note of a batch in progress and a fault in force widen no page", async ({
  open,
  operator,
  sandbox,
  baseURL,
}) => {
  await sandbox.hold("generate");
  await sandbox.fault({ fault: "reset", match: { kind: "transfer", when: { code: "nobody's" } } });
  await orderKeys(operator, "周卡", 3, "a reseller's order that somebody has described at some length, paid ");
  const page = await open("admin");
  await page.context().addCookies([{ name: "locale", value: "en", url: String(baseURL) }]);
  for (const [path, shown] of [
    ["/", "a reseller's order"],
    ["/fault-lab", "Remove all"],
  ] as const) {
    await openPage(page, path);
    await expect(page.getByRole("main")).toContainText(shown);
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await expect.poll(() => page.evaluate(findFlaws), { message: `${path} at ${size.width}` }).toEqual([]);
    }
  }
  await sandbox.release("generate");
});

const COLUMNS = {
  "zh-CN": {
    shown: ["兑换码", "类型", "昵称", "手机号", "余额（次）", "状态"],
    dates: ["创建时间", "更新时间"],
    sort: "排序",
  },
  en: {
    shown: ["Code", "Type", "Nickname", "Phone", "Balance (calls)", "State"],
    dates: ["Created", "Updated"],
    sort: "Sort",
  },
};
/** Heights of a row that is one line. */
const DENSITIES = { dense: 30, normal: 36, roomy: 44 };

test("at 768 px the cards are one line each, with all that is asked for by phone, and their menu; the dates go first", async ({
  open,
  operator,
  ownCards,
  sandbox,
  baseURL,
}) => {
  const name = `A customer with a long nickname ${randomBytes(4).toString("hex")}`;
  const [from, to] = await ownCards({ name, type: "4", balance: 123_456_789 }, { name, type: "0", balance: 0 });
  await ownCards({ name: `${name}!`, type: "2", balance: "-1" });
  const [target] = await ownCards({ balance: 0 });
  await sandbox.fault({ fault: "reset", effect: ON_RELEASE, match: { kind: "transfer", when: { code: from.code } } });
  const transfer = await previewTransfer(operator, from, target, 4);
  await confirmButton(transfer, 4).click();
  await expect(outcome(transfer)).toContainText("结果未知");
  expect(to.name).toBe(name);

  for (const locale of ["zh-CN", "en"] as const) {
    const page = await open("operator", { viewport: { width: 768, height: 1024 } });
    await page.context().addCookies([{ name: "locale", value: locale, url: String(baseURL) }]);
    const head = (column: string) => page.getByRole("columnheader", { name: column, exact: true });
    for (const [density, height] of Object.entries(DENSITIES)) {
      await page.addInitScript(
        (chosen) => localStorage.setItem("cardesk.table.cards", chosen),
        JSON.stringify({ density }),
      );
      await openPage(page, `/cards?name=${encodeURIComponent(name)}`);
      const { shown, dates, sort } = COLUMNS[locale];
      for (const column of shown) await expect(head(column), `${locale} ${density}`).toBeInViewport({ ratio: 1 });
      for (const column of dates) await expect(head(column)).toHaveCount(0);
      // A column that is not there is sorted by all the same.
      await expect(page.getByRole("combobox", { name: sort, exact: true }).locator("option")).toContainText(
        dates.map((date) => `${date} ↓`),
      );
      const rows = page.locator("tbody tr");
      await expect(rows).toHaveCount(3);
      for (const row of await rows.all()) {
        await expect(row.getByRole("button")).toBeInViewport({ ratio: 1 });
        await expect.poll(async () => (await row.boundingBox())?.height, { message: density }).toBeLessThan(height + 1);
        for (const cell of await row.getByRole("cell").all()) await expect(cell).toBeInViewport({ ratio: 1 });
      }
      await expect.poll(() => page.evaluate(findFlaws), { message: `${locale} ${density}` }).toEqual([]);
    }
    await page.setViewportSize({ width: 1366, height: 768 });
    for (const column of COLUMNS[locale].dates) await expect(head(column)).toBeInViewport({ ratio: 1 });
  }
  await sandbox.release();
});

test("before a page's scripts are there, and in a table that began without rows, the header covers no row and stays", async ({
  open,
}) => {
  const viewport = { width: 768, height: 600 };
  const bare = await open("support", { viewport, javaScriptEnabled: false });
  await bare.goto("/cards");
  const bottom = async () => {
    const box = await bare.getByRole("columnheader", { name: "兑换码" }).boundingBox();
    return box && box.y + box.height;
  };
  const first = await bare.locator("tbody tr").first().boundingBox();
  expect(await bottom()).toBeLessThanOrEqual((first?.y ?? 0) + 1);

  const page = await open("support", { viewport });
  await page.goto(`/cards?name=${randomBytes(8).toString("hex")}`);
  await expect(page.getByText("没有符合条件的额度卡")).toBeVisible();
  await expect(async () => {
    await page.getByRole("button", { name: "重置" }).click({ timeout: 1_000 });
    await expect(page.locator("tbody tr").nth(40)).toBeAttached({ timeout: 5_000 });
  }).toPass();
  await page.locator("tbody tr").nth(40).scrollIntoViewIfNeeded();
  await expect(page.getByRole("columnheader", { name: "兑换码" })).toBeInViewport({ ratio: 1 });
});

/** Runs in the page. What scrolls sideways by itself, as a wide table does, may be wider; what only screen readers see is nowhere. */
function findFlaws(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const mayBeOutside = (element: Element | null): boolean =>
    element !== null &&
    (/auto|scroll/.test(getComputedStyle(element).overflowX) ||
      element.getBoundingClientRect().width <= 1 ||
      mayBeOutside(element.parentElement));
  const outside = [...document.querySelectorAll("main button, main a[href]")].filter((each) => {
    const { right, width } = each.getBoundingClientRect();
    return width > 0 && right > clientWidth + 1 && !mayBeOutside(each.parentElement);
  });
  // A table's columns have room from 768 px on; in a narrower window it may scroll by itself.
  const tables = [...document.querySelectorAll("[data-scrolls] > table")].filter(() => window.innerWidth >= 768);
  const covering = [...document.querySelectorAll("main td")].filter(
    (cell) =>
      cell.textContent !== "" &&
      cell.scrollWidth > cell.clientWidth + 1 &&
      getComputedStyle(cell).overflowX === "visible",
  );
  const menus = [...document.querySelectorAll("nav")].filter((nav) => nav.scrollWidth > nav.clientWidth);
  return [
    ...menus.map((nav) => `its menu is ${nav.scrollWidth} px wide in ${nav.clientWidth}`),
    ...tables.map((table) => `its table ${table.querySelector("caption")?.textContent} scrolls sideways`),
    ...covering.slice(0, 3).map((cell) => `${cell.textContent} lies over the cell beside it`),
    ...(scrollWidth > clientWidth ? [`is ${scrollWidth} px wide`] : []),
    ...outside.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)),
  ];
}
