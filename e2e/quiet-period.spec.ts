import type { Locator } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import type { OwnCard } from "./support/own-cards";
import { openReady } from "./support/pages";
import type { Sandbox } from "./support/sandbox";
import { confirmButton, openOperation, outcome, previewTransfer } from "./support/transferring";

// What is said only after the quiet period; nothing here happens late, so that it may be short.
test.use({ quietSeconds: 3 });

/** Confirm, and keep the console from reading the cards from the call on: what became of it can't be found out yet. */
async function confirmUnread(sandbox: Sandbox, dialog: Locator, from: OwnCard, amount: number): Promise<void> {
  await sandbox.hold("transfer");
  await confirmButton(dialog, amount).click();
  await expect.poll(async () => (await sandbox.calls("transfer", from.code)).length).toBe(1);
  await sandbox.hold("list");
  await sandbox.release("transfer");
}

test("a call that did nothing is found out after the quiet period, and may then be done again", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "html-502", match: { kind: "transfer", nth: 1, when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmUnread(sandbox, dialog, from, 4);
  await expect(outcome(dialog)).toContainText("请勿重复");
  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让未生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);

  await openOperation(operator, dialog.getByRole("link", { name: "查看操作" }));
  await operator.getByRole("button", { name: "重新操作…" }).click();
  const again = operator.getByRole("dialog", { name: "转让额度" });
  await again.getByRole("button", { name: "预览" }).click();
  await confirmButton(again, 4).click();
  await expect(outcome(again)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(2);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 6 });
});

test("what the readings can't decide an administrator settles, with a reason", async ({
  operator,
  admin,
  support,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 5 });
  await sandbox.fault({ fault: "html-502", match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmUnread(sandbox, dialog, from, 4);
  await expect(outcome(dialog)).toContainText("请勿重复");
  // Its own user spends as much as was to be moved: both explanations fit.
  await sandbox.consume(from.id, 6);
  await sandbox.release();
  await openOperation(operator, dialog.getByRole("link", { name: "查看操作" }));
  const { pathname } = new URL(operator.url());
  await expect(operator.getByRole("main")).toContainText("需要人工认定");
  await expect(operator.getByRole("main")).toContainText("如果已生效");
  await expect(operator.getByRole("main")).toContainText("如果未生效");
  await openReady(support, pathname);
  await support.getByRole("button", { name: "人工认定…" }).hover();
  await expect(support.getByRole("tooltip", { name: "只有管理员可以认定" })).toBeVisible();

  await openReady(admin, pathname);
  await admin.getByRole("button", { name: "人工认定…" }).click();
  const settle = admin.getByRole("dialog", { name: "人工认定操作结果" });
  await settle.getByRole("radio", { name: "未生效" }).check();
  await settle.getByRole("textbox", { name: "依据" }).fill("客户确认没有收到。");
  await settle.getByRole("button", { name: "认定为未生效" }).click();
  await expect(admin.getByRole("main")).toContainText("认定为未生效");
  await expect(admin.getByRole("main")).toContainText("客户确认没有收到。");
  await expect(operator.getByRole("main")).toContainText("认定为未生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});
