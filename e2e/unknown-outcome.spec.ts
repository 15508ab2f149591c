import { expect, test } from "./support/fixtures";
import { ON_RELEASE } from "./support/sandbox";
import { confirmButton, openOperation, outcome, previewTransfer } from "./support/transferring";

test("an answer that never comes is shown as unknown, then found out: it happened", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "reset", effect: ON_RELEASE, match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("结果未知：请求已发出，未收到应答。请勿重复提交");
  await expect(dialog.getByRole("button", { name: /^转让|重新预览/ })).toHaveCount(0);

  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 6 });

  const main = await openOperation(operator, dialog.getByRole("link", { name: "查看操作" }));
  await expect(outcome(main)).toContainText("已核实：生效");
  await expect(operator.getByRole("heading", { name: "读数" })).toBeVisible();
});

test("an answer that was lost after the fact is found out at once", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "reset", effect: "before", match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("a call that did nothing is found out after the quiet period, and may then be done again", async ({
  operator,
  ownCards,
  sandbox,
  endQuietPeriod,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "html-502", match: { kind: "transfer", nth: 1, when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("请勿重复");
  await endQuietPeriod(from);
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

test("an unknown operation is counted beside every page and seen by whoever opens it", async ({
  operator,
  support,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "empty", effect: ON_RELEASE, match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("请勿重复");

  await support.goto("/operations?states=unknown");
  await expect(support.getByRole("link", { name: /操作.*项结果未知/ }).first()).toBeVisible();
  await support.getByRole("row", { name: from.name }).getByText("转让 4 次").click();
  await expect(support.getByRole("status").filter({ hasText: "结果未知" })).toContainText("请勿重复操作");
  await sandbox.release();
  await expect(support.getByRole("main")).toContainText("已核实：生效");
});

test("what the readings can't decide an administrator settles, with a reason", async ({
  operator,
  admin,
  support,
  ownCards,
  sandbox,
  endQuietPeriod,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 5 });
  await sandbox.fault({ fault: "html-502", match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  // Its own user spends as much as was to be moved: both explanations fit.
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("请勿重复");
  await sandbox.consume(from.id, 6);
  await endQuietPeriod(from);
  await openOperation(operator, dialog.getByRole("link", { name: "查看操作" }));
  const { pathname } = new URL(operator.url());
  await expect(operator.getByRole("main")).toContainText("需要人工认定");
  await expect(operator.getByRole("main")).toContainText("如果已生效");
  await expect(operator.getByRole("main")).toContainText("如果未生效");
  await support.goto(pathname);
  await support.getByRole("button", { name: "人工认定…" }).hover();
  await expect(support.getByRole("tooltip", { name: "只有管理员可以认定" })).toBeVisible();

  await admin.goto(pathname);
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
