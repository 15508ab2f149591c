import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";
import { confirmButton, outcome, previewTransfer } from "./support/transferring";

test("a newcomer sets a scene, watches the console find out, and sees what the sandbox really did", async ({
  admin,
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  await openReady(admin, "/fault-lab");
  await admin.getByRole("button", { name: "设定: 下一次转让会生效，但永远等不到应答" }).click();
  const rules = admin.getByRole("table", { name: "生效中的故障" });
  await expect(rules.getByRole("row", { name: /收下请求，永不应答/ })).toContainText("0 / 1 次");

  const dialog = await previewTransfer(operator, from, to, 3);
  await confirmButton(dialog, 3).click();
  await expect.poll(async () => (await sandbox.calls("transfer", from.code)).length).toBe(1);
  // Instead of the deadline, which would take two minutes here.
  await sandbox.release();
  await expect(outcome(dialog)).toContainText("已核实：转让已生效");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);

  await openReady(admin, "/fault-lab");
  const writes = admin.getByRole("table", { name: "沙盒实际做了什么" });
  await expect(writes.getByRole("row", { name: /转让.*收下请求，永不应答/ }).first()).toContainText("已生效");
  await expect(rules.getByRole("row", { name: /收下请求，永不应答/ })).toContainText("1 / 1 次");
  await admin.getByRole("button", { name: "全部移除" }).click();
  await expect(admin.getByText("没有：沙盒一切正常。")).toBeVisible();
});

test("the page's address from before still leads to it", async ({ admin }) => {
  await admin.goto("/lab");
  await expect(admin).toHaveURL(/\/fault-lab$/);
});
