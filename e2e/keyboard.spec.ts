import { randomBytes } from "node:crypto";
import { expect, test } from "./support/fixtures";
import { ownName } from "./support/own-name";
import { openReady } from "./support/pages";

test("/ and Ctrl+K put the cursor into the find box from anywhere", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  const box = support.getByRole("combobox", { name: "查找额度卡" });
  await support.goto("/operations");
  await expect(box).toBeFocused();
  await support.keyboard.press("Escape");
  await expect(box).not.toBeFocused();
  await support.keyboard.press("/");
  await expect(box).toBeFocused();
  await expect(box).toHaveValue("");

  const field = support.getByRole("main").getByRole("textbox").first();
  await field.focus();
  await support.keyboard.press("/");
  await expect(field).toHaveValue("/");
  await support.keyboard.press("ControlOrMeta+k");
  await expect(box).toBeFocused();
  await support.keyboard.type(card.phone);
  await support.keyboard.press("Enter");
  await expect(support).toHaveURL(new RegExp(card.id));
});

test("? lists the keys, Esc closes the list, and the focus goes back to where it was", async ({ support }) => {
  await openReady(support, "/operations");
  const link = support.getByRole("navigation", { name: "主导航" }).getByRole("link", { name: /^操作/ });
  await link.focus();
  await support.keyboard.press("?");
  const list = support.getByRole("dialog", { name: "键盘快捷键" });
  await expect(list).toContainText("下一行");
  await support.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(link).toBeFocused();
});

test("j and k walk the rows, x ticks, Enter opens", async ({ support, ownCards }) => {
  const name = ownName("群");
  const [low] = await ownCards({ name, balance: 1 }, { name, balance: 2 }, { name, balance: 3 });
  await support.goto(`/cards?name=${encodeURIComponent(name)}&sort=balance`);
  const rows = support.getByRole("row", { name });
  await expect(rows).toHaveCount(3);
  await expect(support.getByRole("combobox", { name: "查找额度卡" })).toBeFocused();
  await support.keyboard.press("Escape");
  await support.keyboard.press("j");
  await expect(rows.nth(0)).toBeFocused();
  await support.keyboard.press("j");
  await support.keyboard.press("j");
  await support.keyboard.press("j");
  await expect(rows.nth(2)).toBeFocused();
  await support.keyboard.press("k");
  await expect(rows.nth(1)).toBeFocused();
  await support.keyboard.press("x");
  await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
  await support.keyboard.press("ArrowDown");
  await support.keyboard.press("Enter");
  await expect(support).toHaveURL(new RegExp(`/cards/${low.id}$`));
});

test("a dialog keeps the focus inside, starts on the safe button, and gives it back", async ({
  operator,
  ownCards,
}) => {
  const [card] = await ownCards({ balance: 10 });
  await openReady(operator, `/cards/${card.id}`);
  const opener = operator.getByRole("button", { name: "转让额度" });
  await opener.focus();
  await operator.keyboard.press("Enter");
  const dialog = operator.getByRole("dialog", { name: "转让额度" });
  await expect(dialog.getByRole("textbox", { name: "转入卡" })).toBeFocused();
  for (let presses = 0; presses < 8; presses++) {
    await operator.keyboard.press("Tab");
    const outside = await operator.evaluate(
      () => document.activeElement !== document.body && !document.activeElement?.closest("dialog"),
    );
    expect(outside).toBe(false);
  }
  await operator.keyboard.press("Escape");
  await expect(opener).toBeFocused();
});

test("a menu opened before the page's scripts are there is filled by them", async ({ support, ownCards }) => {
  const [card] = await ownCards({});
  const label = `${card.name} 的操作`;
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  await support.route(/\/_next\/static\/.*\.js/, async (route) => {
    await opened;
    await route.continue();
  });
  await support.goto(`/cards?id=${card.id}`, { waitUntil: "commit" });
  await support.getByRole("button", { name: label }).click();
  // All rows have one menu: whose it is, the page's scripts say.
  const empty = support.getByRole("menu", { name: "操作" });
  await expect(empty).toBeInViewport();
  await expect(empty.getByRole("menuitem")).toHaveCount(0);
  open();
  await expect(support.getByRole("menu", { name: label }).getByRole("menuitem").first()).toBeFocused();
});

test("when what has the focus is taken away, the focus goes to what stands there now", async ({
  support,
  ownCards,
}) => {
  const [card] = await ownCards({});
  const mark = randomBytes(4).toString("hex");
  const main = support.getByRole("main");
  const lines = main.getByRole("listitem").filter({ hasText: mark });
  await support.goto(`/cards/${card.id}`);
  for (const text of [`先 ${mark}`, `后 ${mark}`]) {
    const dialog = support.getByRole("dialog", { name: "新建跟进" });
    await expect(async () => {
      if (!(await dialog.isVisible())) await main.getByRole("button", { name: "新建跟进" }).click({ timeout: 2_000 });
      await expect(dialog).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await dialog.getByRole("textbox", { name: "要做的事" }).fill(text);
    await dialog.getByRole("button", { name: "保存跟进" }).click();
    await expect(dialog).toBeHidden();
    await expect(lines.filter({ hasText: text })).toHaveCount(1);
  }

  await lines.first().getByRole("button", { name: "完成" }).press("Enter");
  await expect(lines).toHaveCount(1);
  await expect(lines).toBeFocused();
  await lines.getByRole("button", { name: "完成" }).press("Enter");
  await expect(lines).toHaveCount(0);
  await expect(main.getByRole("heading", { name: "待跟进" })).toBeFocused();
});
