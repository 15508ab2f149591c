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
  await expect(outcome(dialog)).toContainText("结果未知：请求已发出，未收到应答");
  await expect(dialog.getByRole("button", { name: /^转让|重新预览/ })).toHaveCount(0);

  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 6 });

  const main = await openOperation(operator, dialog.getByRole("link", { name: "查看操作" }));
  await expect(outcome(main)).toContainText("已核实：生效");
  await expect(operator.getByRole("heading", { name: "读数" })).toBeVisible();

  // The fault is said in words, and both ids can be copied.
  const call = main.locator("section").filter({ has: operator.getByRole("heading", { name: "调用", exact: true }) });
  await expect(call).toContainText("连接中途断开，没有收到应答");
  await expect(call.locator("code")).toHaveCount(0);
  await expect(main.getByRole("button", { name: "复制编号" })).toBeVisible();
  await expect(main.getByRole("button", { name: "复制请求编号" })).toBeVisible();
  const balances = main.getByRole("table", { name: "读数" }).getByRole("cell", { name: /^\d+$/ });
  await expect(balances.first()).toHaveCSS("text-align", "end");
});

test("an answer that was lost after the fact is found out at once", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 0 });
  await sandbox.fault({ fault: "reset", effect: "before", match: { kind: "transfer", when: { code: from.code } } });
  const dialog = await previewTransfer(operator, from, to, 4);
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("an unknown operation is counted beside every page and seen by everyone who opens it", async ({
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
