import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { pages } from "./support/access-table";
import { expect, sameOrigin, test } from "./support/fixtures";
import { ownName } from "./support/own-name";
import { passingText } from "./support/passing-text";

type Act = () => Promise<void>;

/** Open a page and do something before what is `held` back of it has come. */
async function openHeld(page: Page, path: string, held: RegExp, act: Act): Promise<void> {
  const { promise: acted, resolve } = Promise.withResolvers<void>();
  await page.route(held, async (route) => {
    await acted;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  await act();
  resolve();
}

/** Before any of its scripts has come. */
const openEarly = (page: Page, path: string, act: Act): Promise<void> => openHeld(page, path, /\.js(\?|$)/, act);

/** When its scripts have come and listen, but it still waits for its words. */
const openListening = (page: Page, path: string, act: Act): Promise<void> =>
  openHeld(page, path, /\/api\/messages\?/, async () => {
    await page.waitForFunction(() => "next" in window);
    await act();
  });

/** As an input method does: the text is shown, and may still become another. */
async function compose(page: Page, text: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await devTools.detach();
}

const box = (page: Page) => page.getByRole("combobox", { name: "查找额度卡" });

test("what is pasted into the find box before the page's scripts come is looked up", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await openEarly(support, "/operations", () => box(support).fill(card.phone));
  await expect(support.getByRole("group", { name: "额度卡" }).getByRole("option", { name: card.name })).toBeVisible();
  await expect(box(support)).toHaveValue(card.phone);
  await expect(box(support)).toBeFocused();
  await box(support).press("Enter");
  await expect(support).toHaveURL(new RegExp(`/cards/${card.id}$`));
});

test("Enter that comes before the page hears it opens the card", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  await openListening(support, "/operations", async () => {
    await box(support).fill(card.phone);
    await box(support).press("Enter");
  });
  await expect(support).toHaveURL(new RegExp(`/cards/${card.id}$`));
});

test("a name typed early signs in", async ({ anonymous, cardesk }) => {
  await openEarly(anonymous, "/login", async () => {
    await anonymous.getByLabel("用户名").fill("support");
    await anonymous.getByLabel("密码", { exact: true }).fill(cardesk.password);
  });
  await anonymous.getByRole("button", { name: "登录", exact: true }).click();
  await expect(anonymous.getByRole("button", { name: "账号：support" })).toBeVisible();
});

test("what is changed early is sent as it is shown, and not before; a form sent too early keeps all", async ({
  admin,
}) => {
  const line = admin.getByRole("textbox", { name: "提醒线" });
  await openEarly(admin, "/settings", async () => {
    await line.fill("37");
    await line.press("Enter");
  });
  let saved = false;
  const toast = passingText(admin, "已保存").then(() => {
    saved = true;
  });
  // Until the page is hydrated, a form does nothing.
  await expect(async () => {
    await line.press("Enter");
    await expect.poll(() => saved, { timeout: 2_000 }).toBe(true);
  }).toPass();
  await toast;
  await expect(admin).toHaveURL(/\/settings$/);
  await admin.reload();
  await expect(line).toHaveValue("37");
});

test("no form of a page can send itself: what is in it would stand in an address", async ({
  requestAs,
  playwright,
  baseURL,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const nobody = await playwright.request.newContext(sameOrigin(baseURL));
  const admin = await requestAs("admin");
  const forms: string[] = [];
  for (const path of Object.keys(pages)) {
    const request = pages[path] === "public" ? nobody : admin;
    const answer = await request.get(path.replace("[id]", card.id).replace(/\[.+?\]/g, randomUUID()));
    forms.push(...((await answer.text()).match(/<form\b[^>]*>/g) ?? []));
  }
  await nobody.dispose();
  expect(forms.length).toBeGreaterThan(20);
  // The other is React's own, which it sends itself once it is there.
  for (const form of forms) expect(form).toMatch(/ method="dialog"| action="javascript:throw /);
});

test("a filter and a row chosen early are chosen", async ({ operator, ownCards }) => {
  const [card] = await ownCards({});
  await openEarly(operator, `/cards?name=${encodeURIComponent(card.name)}`, async () => {
    await operator.getByRole("row", { name: card.name }).getByRole("checkbox").check();
  });
  await expect(operator.getByText("已选 1 张", { exact: true })).toBeVisible();
  await openEarly(operator, "/operations", async () => {
    await operator.getByLabel("类型").selectOption({ label: "销毁" });
  });
  await expect(async () => {
    await operator.getByRole("button", { name: "查询", exact: true }).click();
    await expect(operator).toHaveURL(/kinds=destroy/, { timeout: 2_000 });
  }).toPass();
});

test("of several radios chosen early the last one counts", async ({ admin }) => {
  const type = (value: number) => admin.locator(`input[name=keyType][value="${value}"]`);
  await openListening(admin, "/keys/new", async () => {
    await type(1).check();
    await type(4).check();
    await type(1).check();
    await admin.getByRole("textbox", { name: "数量" }).fill("3");
  });
  await expect(admin.getByRole("button", { name: "生成 3 张" })).toHaveText("生成 3 张周卡");
  await expect(type(1)).toBeChecked();
});

test("what an input method composes when the page begins to hear it can be composed to its end", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({});
  await openEarly(support, "/operations", async () => {
    await box(support).focus();
    await compose(support, "lv");
  });
  await expect(box(support)).toHaveAttribute("aria-expanded", "true");
  await compose(support, card.name.slice(0, 2));
  await support.keyboard.insertText(card.name);
  await expect(box(support)).toHaveValue(card.name);
  await expect(support.getByRole("group", { name: "额度卡" }).getByRole("option", { name: card.name })).toBeVisible();
});

test("what it composed while the page waited for its words is kept and looked up, whether it ends or not", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({});
  await openListening(support, "/operations", async () => {
    await box(support).focus();
    await compose(support, card.name);
  });
  await expect(support.getByRole("group", { name: "额度卡" }).getByRole("option", { name: card.name })).toBeVisible();
  await support.keyboard.insertText(card.name);
  await expect(box(support)).toHaveValue(card.name);
});

test("what is selected in a field stays selected", async ({ support }) => {
  await openEarly(support, "/operations", async () => {
    await box(support).fill("abcdef");
    await box(support).press("Shift+Home");
  });
  await expect(box(support)).toHaveAttribute("aria-expanded", "true");
  await box(support).press("x");
  await expect(box(support)).toHaveValue("x");
});

test("a row that is checked as soon as the page hears it stays so", async ({ operator, ownCards }) => {
  const [card] = await ownCards({});
  await operator.addInitScript(() => {
    const press = () => {
      document.querySelector<HTMLElement>("tbody input[type=checkbox]")?.click();
      document.documentElement.dataset.pressed = "";
    };
    // The page's effects give the focus to the find box: what was pressed meanwhile comes next.
    document.addEventListener("focusin", () => setTimeout(press), { once: true, capture: true });
  });
  await operator.goto(`/cards?name=${encodeURIComponent(card.name)}`);
  await expect(operator.locator("html")).toHaveAttribute("data-pressed");
  await expect(operator.getByText("已选 1 张", { exact: true })).toBeVisible();
});

test("a row that is checked early after its whole page is checked", async ({ operator, ownCards }) => {
  const name = ownName("同名");
  await ownCards({ name }, { name });
  await openEarly(operator, `/cards?name=${encodeURIComponent(name)}`, async () => {
    await operator.getByRole("checkbox", { name: "选择本页" }).check();
    await operator.getByRole("row", { name }).first().getByRole("checkbox").check();
  });
  await expect(operator.getByText("已选 2 张", { exact: true })).toBeVisible();
});

test("after Back a form sends what it shows", async ({ admin }) => {
  await admin.addInitScript(() => {
    // The browser has put back by then what fields had.
    window.addEventListener("pageshow", () => {
      document.documentElement.dataset.whole = "";
    });
  });
  const language = admin.getByRole("combobox", { name: "消息语言" });
  await admin.goto("/settings/alerts");
  const saved = await language.inputValue();
  await language.selectOption(saved === "en" ? "zh-CN" : "en");
  await admin.goto("/login");
  await admin.goBack();
  await expect(admin.locator("html")).toHaveAttribute("data-whole");
  await expect(box(admin)).toBeFocused();
  const shown = await language.inputValue();
  const toast = passingText(admin, "已保存");
  await admin.locator("form").filter({ has: language }).getByRole("button", { name: "保存" }).click();
  await toast;
  await admin.goto("/settings/alerts");
  await expect(language).toHaveValue(shown);
});

test("several rows that are checked early are all checked", async ({ operator, ownCards }) => {
  const name = ownName("几行");
  await ownCards({ name }, { name }, { name });
  await openEarly(operator, `/cards?name=${encodeURIComponent(name)}`, async () => {
    const rows = operator.getByRole("row", { name });
    await rows.nth(0).getByRole("checkbox").check();
    await rows.nth(2).getByRole("checkbox").check();
  });
  await expect(operator.getByText("已选 2 张", { exact: true })).toBeVisible();
});

test("several fields of one form that are changed early are all heard", async ({ admin }) => {
  const fields = admin.getByRole("search", { name: "筛选审计记录" });
  await openEarly(admin, "/audit", async () => {
    await fields.getByRole("combobox", { name: "动作" }).selectOption({ index: 1 });
    await fields.getByRole("combobox", { name: "结果" }).selectOption("refused");
  });
  await expect(async () => {
    await fields.getByRole("button", { name: "查询" }).click();
    await expect(admin).toHaveURL(/[?&]outcome=refused/, { timeout: 2_000 });
  }).toPass();
  await expect(admin).toHaveURL(/[?&]action=/);
});

test("a page number that is typed early stays", async ({ operator }) => {
  const page = operator.getByRole("textbox", { name: "跳至页码" });
  await openEarly(operator, "/cards?size=20", () => page.fill("2"));
  await expect(async () => {
    await page.press("Enter");
    await expect(operator).toHaveURL(/[?&]page=2/, { timeout: 2_000 });
  }).toPass();
});
