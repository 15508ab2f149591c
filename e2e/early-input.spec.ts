import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { pages } from "./support/access-table";
import { expect, sameOrigin, test } from "./support/fixtures";
import { passingText } from "./support/passing-text";

/** Open a page and do something before any of its scripts has come. */
async function openEarly(page: Page, path: string, act: () => Promise<void>): Promise<void> {
  const { promise: acted, resolve } = Promise.withResolvers<void>();
  await page.route(/\.js(\?|$)/, async (route) => {
    await acted;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "commit" });
  await act();
  resolve();
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
  const { promise: pressed, resolve } = Promise.withResolvers<void>();
  // The page waits for its words; its scripts are there.
  await support.route(/\/api\/messages\?/, async (route) => {
    await pressed;
    await route.continue();
  });
  await support.goto("/operations", { waitUntil: "commit" });
  await box(support).fill(card.phone);
  await support.waitForFunction(() => "next" in window);
  await box(support).press("Enter");
  resolve();
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
