import { findOperations } from "./support/find-operations";
import { expect, test } from "./support/fixtures";
import { ownName } from "./support/own-name";
import { ON_RELEASE } from "./support/sandbox";
import { openCardMenu, openOperation, outcome } from "./support/transferring";

test("an empty card is destroyed once, after the consequence is named, and is gone from the table", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [card] = await ownCards({ balance: 0 });
  await (await openCardMenu(operator, card)).getByRole("menuitem", { name: "销毁" }).click();
  const dialog = operator.getByRole("dialog", { name: "销毁 1 张卡" });
  await expect(dialog).toContainText("可以销毁 1 张");
  await expect(dialog).toContainText("销毁不可撤销");
  await dialog.getByRole("textbox", { name: "工单号" }).fill("T-2048");
  await dialog.getByRole("button", { name: "销毁 1 张卡" }).click();
  await expect(outcome(dialog)).toHaveText("已销毁 1 张");
  const journalled = await dialog.getByRole("link", { name: "成功" }).getAttribute("href");
  const calls = await sandbox.calls("destroy", card.id);
  expect(calls).toHaveLength(1);
  expect(calls[0]?.params).toEqual([{ id: card.id }]);
  expect(await sandbox.card(card.id)).toBeUndefined();

  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(operator.getByText("没有符合条件的额度卡")).toBeVisible();
  await operator.goto(`/cards/${card.id}`);
  await expect(operator.getByRole("main")).toContainText("已消失");
  await operator.goto(journalled ?? "");
  await expect(operator.getByRole("main")).toContainText("T-2048");
});

test("of several selected cards the ones that can't be destroyed say why, and the others go one call each", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const name = ownName("群");
  const cards = await ownCards(
    { name, balance: 0 },
    { name, balance: 0 },
    { name, balance: 7 },
    { name, type: "0", balance: 0 },
    { name, type: "5", balance: "-1" },
  );
  const [first, second, ...others] = cards;
  await operator.goto(`/cards?name=${encodeURIComponent(name)}`);
  await operator.getByRole("checkbox", { name: "选择本页" }).check();
  await operator.getByRole("region", { name: "已选中的行" }).getByRole("button", { name: "销毁 5 张" }).click();
  const dialog = operator.getByRole("dialog", { name: /^销毁/ });
  await expect(dialog).toContainText("可以销毁 2 张");
  await expect(dialog).toContainText("不能销毁 3 张");
  await expect(dialog).toContainText("余额还有 7 次，只能销毁余额为 0 的卡");
  await expect(dialog).toContainText("免费体验卡不能转让，也不能销毁");
  await expect(dialog).toContainText("余额不限，无法核对");
  await dialog.getByRole("button", { name: "销毁 2 张卡" }).click();
  await expect(outcome(dialog)).toHaveText("已销毁 2 张");
  for (const card of [first, second]) {
    const calls = await sandbox.calls("destroy", card.id);
    expect(calls).toHaveLength(1);
    expect(calls[0]?.params).toEqual([{ id: card.id }]);
    expect(await sandbox.card(card.id)).toBeUndefined();
  }
  for (const card of others) expect(await sandbox.card(card.id)).toBeDefined();
  // The button that opened the dialog is gone with the selection; the focus is on the page and not nowhere.
  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await operator.evaluate(() => document.activeElement === document.body)).toBe(false);
});

test("many cards that can't be destroyed for one reason are one line, and there is nothing to press but Close", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const name = ownName("群");
  const cards = await ownCards(...[1, 2, 3, 4, 5, 6].map((balance) => ({ name, balance })), {
    name,
    type: "5",
    balance: "-1",
  });
  await operator.goto(`/cards?name=${encodeURIComponent(name)}`);
  await operator.getByRole("checkbox", { name: "选择本页" }).check();
  await operator.getByRole("region", { name: "已选中的行" }).getByRole("button", { name: "销毁 7 张" }).click();
  const dialog = operator.getByRole("dialog", { name: /^销毁/ });
  await expect(dialog.locator("summary")).toHaveText([/^6 张：还有余额/]);
  await expect(dialog).toContainText("余额不限，无法核对");
  await expect(dialog.getByRole("button", { name: /^销毁/ })).toHaveCount(0);
  await dialog.getByText("6 张：").click();
  await expect(dialog.getByText("余额还有 6 次，只能销毁余额为 0 的卡")).toBeVisible();
  await dialog.locator("footer").getByRole("button", { name: "关闭" }).click();
  await expect(dialog).toHaveCount(0);
  for (const card of cards) expect(await sandbox.calls("destroy", card.id)).toHaveLength(0);
});

test("five cards at once are not destroyed without a note that says why, and each of them keeps it", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const name = ownName("群");
  const empty = { name, balance: 0 };
  const cards = await ownCards(empty, empty, empty, empty, empty);
  await operator.goto(`/cards?name=${encodeURIComponent(name)}`);
  await operator.getByRole("checkbox", { name: "选择本页" }).check();
  await operator.getByRole("region", { name: "已选中的行" }).getByRole("button", { name: "销毁 5 张" }).click();
  const dialog = operator.getByRole("dialog", { name: "销毁 5 张卡" });
  await expect(dialog).toContainText("可以销毁 5 张");
  await expect(dialog).toContainText("备注（必填）");
  await dialog.getByRole("textbox", { name: /^请输入/ }).fill("销毁 5 张");
  const confirm = dialog.getByRole("button", { name: "销毁 5 张卡" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("textbox", { name: "备注" }).fill(`清理 ${name}`);
  await confirm.click();
  await expect(outcome(dialog)).toHaveText("已销毁 5 张");
  for (const card of cards) expect(await sandbox.calls("destroy", card.id)).toHaveLength(1);
  await findOperations(operator, name);
  await expect(operator.getByRole("main").getByRole("row", { name: /销毁/ })).toHaveCount(5);
});

test("a card that gets a balance between preview and confirmation is left alone", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [card] = await ownCards({ balance: 0 });
  await (await openCardMenu(operator, card)).getByRole("menuitem", { name: "销毁" }).click();
  const dialog = operator.getByRole("dialog", { name: "销毁 1 张卡" });
  await expect(dialog).toContainText("可以销毁 1 张");
  await sandbox.topUp(card.id, 100);
  await dialog.getByRole("button", { name: "销毁 1 张卡" }).click();
  await expect(outcome(dialog)).toHaveText("未销毁 1 张");
  await expect(dialog).toContainText("未发出");
  expect(await sandbox.calls("destroy", card.id)).toHaveLength(0);
});

test("a destroy whose answer is lost is unknown, then found out by the card being gone", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [card] = await ownCards({ balance: 0 });
  await sandbox.fault({ fault: "cut-with-length", effect: ON_RELEASE, match: { kind: "destroy" } });
  await (await openCardMenu(operator, card)).getByRole("menuitem", { name: "销毁" }).click();
  const dialog = operator.getByRole("dialog", { name: "销毁 1 张卡" });
  await dialog.getByRole("button", { name: "销毁 1 张卡" }).click();
  await expect(outcome(dialog)).toHaveText("结果未知 1 张");
  const main = await openOperation(operator, dialog.getByRole("link", { name: "结果未知" }));
  await expect(outcome(main)).toContainText("结果未知");
  await sandbox.release();
  await expect(outcome(main)).toContainText("已核实：生效");
  expect(await sandbox.calls("destroy", card.id)).toHaveLength(1);
});
