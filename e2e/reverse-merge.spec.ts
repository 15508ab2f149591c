import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openDialog } from "./support/open-dialog";
import type { OwnCard } from "./support/own-cards";
import { ON_RELEASE } from "./support/sandbox";
import { chooseTarget, confirmButton, openOperation, outcome, previewTransfer } from "./support/transferring";

/** Move calls, and stand on the operation's page. Returns its address. */
async function transferred(page: Page, from: OwnCard, to: OwnCard, amount: number): Promise<string> {
  const dialog = await previewTransfer(page, from, to, amount);
  await confirmButton(dialog, amount).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await openOperation(page, dialog.getByRole("link", { name: "查看操作" }));
  await expect(page.getByRole("button", { name: "退回…", exact: true })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Ask for the same amount back: neither cards nor amount can be chosen. */
async function previewBack(page: Page, amount: number) {
  const dialog = await openDialog(page, "退回…", "退回转让");
  await expect(dialog.getByRole("textbox", { name: "转让次数" })).toHaveValue(String(amount));
  await expect(dialog.getByRole("textbox", { name: "转让次数" })).not.toBeEditable();
  await expect(dialog.getByRole("button", { name: "换一张" })).toHaveCount(0);
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(confirmButton(dialog, amount)).toBeVisible();
  return dialog;
}

/** From a card's page to the preview of all it has going to another. */
async function previewMerge(page: Page, from: OwnCard, to: OwnCard, amount: number) {
  await page.goto(`/cards/${from.id}`);
  const dialog = await openDialog(page, "合并到…", "合并到另一张卡");
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(confirmButton(dialog, amount)).toBeVisible();
  return dialog;
}

test("a transfer is given back once, and both operations lead to each other", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 20 });
  const first = await transferred(operator, from, to, 30);
  const dialog = await previewBack(operator, 30);
  // The one that gives back stands first now.
  await expect(dialog.getByRole("definition")).toHaveText(["50", "20", "70", "100"]);
  await confirmButton(dialog, 30).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", to.code)).toHaveLength(2);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 100 });
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 20 });

  await operator.goto(first);
  const main = operator.getByRole("main");
  await expect(main).toContainText("退回操作");
  await expect(operator.getByRole("button", { name: "退回…", exact: true })).toHaveCount(0);
  const back = main.getByRole("definition").getByRole("link", { name: /^[0-9a-f]{8}$/ });
  await back.click();
  await expect(operator).not.toHaveURL(new RegExp(`${first}$`));
  await expect(main).toContainText("退回的转让");
  await expect(main.getByRole("definition").getByRole("link", { name: first.slice(-36, -28) })).toBeVisible();
});

test("of two people who give the same transfer back, one does, and the other is told", async ({
  operator,
  admin,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { balance: 50 });
  const first = await transferred(operator, from, to, 10);
  await admin.goto(first);
  const mine = await previewBack(operator, 10);
  const theirs = await previewBack(admin, 10);
  await confirmButton(mine, 10).click();
  await expect(outcome(mine)).toContainText("转让成功");
  await confirmButton(theirs, 10).click();
  await expect(theirs).toContainText("这笔转让已经退回，或正在退回");
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 50 });
});

test("a card is merged into another: all moves, and only then and on a second confirmation the empty card is destroyed", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 70 }, { balance: 20 });
  const dialog = await previewMerge(operator, from, to, 70);
  await expect(dialog.getByRole("definition")).toHaveText(["70", "0", "20", "90"]);
  await confirmButton(dialog, 70).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await expect(dialog).toContainText("还差一步：销毁转空的卡");
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 0 });

  await dialog.getByRole("button", { name: "销毁转空的卡…" }).click();
  const end = operator.getByRole("dialog", { name: "销毁 1 张卡" });
  await expect(end).toContainText("可以销毁 1 张");
  expect(await sandbox.calls("destroy", from.id)).toHaveLength(0);
  await end.getByRole("button", { name: "销毁 1 张卡" }).click();
  await expect(outcome(end)).toHaveText("已销毁 1 张");
  expect(await sandbox.card(from.id)).toBeUndefined();
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 90 });

  await end.getByRole("link", { name: "成功" }).click();
  await expect(operator).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
  await expect(operator.getByRole("main")).toContainText("合并的转让");
});

test("while it is unknown whether all has moved, the card can't be destroyed as a part of the merge", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 70 }, { balance: 20 });
  await sandbox.fault({ fault: "reset", effect: ON_RELEASE, match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewMerge(operator, from, to, 70);
  await confirmButton(dialog, 70).click();
  await expect(outcome(dialog)).toContainText("请勿重复操作");
  await expect(dialog.getByRole("button", { name: "销毁转空的卡…" })).toHaveCount(0);
  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  await expect(dialog.getByRole("button", { name: "销毁转空的卡…" })).toBeVisible();
});
