import { expect, test } from "./support/fixtures";
import { expectDone, orderKeys } from "./support/generating";
import { openPage, PAGES } from "./support/pages";

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
  const menus = [...document.querySelectorAll("nav")].filter((nav) => nav.scrollWidth > nav.clientWidth);
  return [
    ...menus.map((nav) => `its menu is ${nav.scrollWidth} px wide in ${nav.clientWidth}`),
    ...(scrollWidth > clientWidth ? [`is ${scrollWidth} px wide`] : []),
    ...outside.slice(0, 3).map((each) => each.outerHTML.slice(0, 120)),
  ];
}
