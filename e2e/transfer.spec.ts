import { randomBytes } from "node:crypto";
import { findOperations } from "./support/find-operations";
import { expect, test } from "./support/fixtures";
import { holdActions } from "./support/hold-actions";
import { ownName } from "./support/own-name";
import { passingText } from "./support/passing-text";
import { chooseTarget, confirmButton, openTransfer, outcome, previewTransfer } from "./support/transferring";

test("a transfer shows both sides before and after, happens once, and leaves a receipt", async ({
  open,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 100 }, { type: "2", balance: 20 });
  const page = await open("operator", { permissions: ["clipboard-read", "clipboard-write"] });
  const dialog = await openTransfer(page, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("30");
  await dialog.getByRole("button", { name: "预览" }).click();

  // Before → after of the source, then of the target.
  await expect(dialog.getByRole("definition")).toHaveText(["100", "70", "20", "50"]);
  await expect(dialog).toContainText(from.name);
  await expect(dialog).toContainText(to.name);
  await expect(dialog).toContainText("青龙");
  await expect(dialog).toContainText("九尾狐");
  await expect(dialog).toContainText("转让不可撤销");

  await confirmButton(dialog, 30).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 70 });
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 50 });

  const copied = passingText(page, "已复制");
  await dialog.getByRole("button", { name: "复制回执" }).click();
  await copied;
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const receipt = await clipboard();
  expect(receipt).toContain("结果：成功");
  expect(receipt).toContain("100 → 70 次");
  expect(receipt).toContain("20 → 50 次");
  expect(receipt).toMatch(/时间：\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}（Asia\/Shanghai, UTC\+8）/);
  for (const secret of [from.code, from.phone, to.code, to.phone]) expect(receipt).not.toContain(secret);

  // What one customer gets has nothing of the other.
  await dialog.getByRole("button", { name: "复制给转入客户" }).click();
  await expect.poll(clipboard).toContain("20 → 50 次");
  const forCustomer = await clipboard();
  for (const other of [from.name, `****${from.phone.slice(-4)}`, from.code.slice(-4), "100 →", "70 次"])
    expect(forCustomer).not.toContain(other);

  await dialog.getByRole("button", { name: "完成" }).click();
  await expect(page.getByRole("row", { name: from.name })).toContainText("70");
});

test("all that is left can be taken with one press, and the target found by code", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 41 }, { balance: 0 });
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.code, to);
  await dialog.getByRole("button", { name: "全部 41 次" }).click();
  await dialog.getByRole("button", { name: "预览" }).click();
  await confirmButton(dialog, 41).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 0 });
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 41 });
});

test("a note and a ticket number stay with the operation; one too long is said so, not cut", async ({
  operator,
  ownCards,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const ticket = `T-${randomBytes(4).toString("hex")}`;
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("3");
  await dialog.getByRole("textbox", { name: "备注" }).fill("客户换卡");
  await dialog.getByRole("textbox", { name: "工单号" }).fill("9".repeat(65));
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(dialog).toContainText("最多 64 个字");
  await dialog.getByRole("textbox", { name: "工单号" }).fill(ticket);
  await dialog.getByRole("button", { name: "预览" }).click();
  await confirmButton(dialog, 3).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await dialog.getByRole("link", { name: "查看操作" }).click();
  await expect(operator.getByRole("main")).toContainText("客户换卡");
  await expect(operator.getByRole("main")).toContainText(ticket);

  // The ticket number finds it among all the others.
  await findOperations(operator, ticket);
  await expect(operator.getByRole("main").getByRole("row", { name: /转让/ })).toHaveCount(1);
});

test("a look at the preview and back keeps what was typed", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await dialog.getByRole("button", { name: "返回修改" }).click();
  await expect(dialog.getByRole("textbox", { name: "转让次数" })).toHaveValue("3");
  await expect(dialog).toContainText(to.name);
  await operator.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});

test("a large transfer asks to type the amount first", async ({ operator, ownCards, sandbox }) => {
  const [from, to] = await ownCards({ type: "4", balance: 15_000 }, {});
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  await dialog.getByRole("textbox", { name: "转让次数" }).fill("15000");
  // So large, it is not done without saying why, and what is typed stays.
  await expect(dialog).toContainText("备注（必填）");
  await dialog.getByRole("button", { name: "预览" }).click();
  await expect(dialog.getByRole("textbox", { name: "备注" })).toHaveAttribute("aria-invalid", "true");
  await expect(dialog.getByRole("textbox", { name: "转让次数" })).toHaveValue("15000");
  await dialog.getByRole("textbox", { name: "备注" }).fill("客户合并账号");
  await dialog.getByRole("button", { name: "预览" }).click();
  const confirm = dialog.getByRole("button", { name: "转让 15,000 次" });
  await expect(confirm).toHaveAttribute("aria-disabled", "true");
  await confirm.click({ force: true });
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
  await dialog.getByRole("textbox", { name: /^请输入/ }).fill("15000");
  await confirm.click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
});

test("from the card in four actions: open, paste, amount and Enter, confirm; the focus is never lost", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, { balance: 5 });
  await operator.goto(`/cards/${from.id}`);
  const dialog = operator.getByRole("dialog", { name: "转让额度" });
  await expect(async () => {
    if (!(await dialog.isVisible())) await operator.getByRole("button", { name: "转让额度" }).click();
    await expect(dialog.getByRole("textbox", { name: "转入卡" })).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await dialog.getByRole("textbox", { name: "转入卡" }).fill(to.phone);
  const amount = dialog.getByRole("textbox", { name: "转让次数" });
  await expect(amount).toBeFocused();
  await amount.fill("4");
  await amount.press("Enter");
  await expect(dialog.getByRole("button", { name: "返回修改" })).toBeFocused();
  await confirmButton(dialog, 4).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  await expect(dialog.getByRole("heading", { name: "转让额度" })).toBeFocused();
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  await operator.keyboard.press("Escape");
  await expect(operator.getByRole("button", { name: "转让额度" })).toBeFocused();
});

test("a transfer can start from the card that gets it; of several cards with one name Enter takes none", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const name = ownName("旅人");
  const [into, one, other] = await ownCards({ balance: 0 }, { name, balance: 30 }, { name, balance: 40 });
  await operator.goto(`/cards/${into.id}`);
  const dialog = operator.getByRole("dialog", { name: "转让额度" });
  const source = dialog.getByRole("textbox", { name: "转出卡" });
  await expect(async () => {
    if (!(await dialog.isVisible())) await operator.getByRole("button", { name: "转入这张卡" }).click();
    await expect(source).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await source.fill(name);
  await source.press("Enter");
  const found = dialog.getByRole("list", { name: "转出卡" });
  await expect(found.getByRole("button")).toHaveCount(2);
  await expect(found.getByRole("button").first()).toBeFocused();
  await found
    .getByRole("button")
    .filter({ hasText: `••••${other.code.slice(-4)}` })
    .press("Enter");
  const amount = dialog.getByRole("textbox", { name: "转让次数" });
  await expect(amount).toBeFocused();
  await amount.fill("7");
  await amount.press("Enter");
  await expect(dialog.getByRole("definition")).toHaveText(["40", "33", "0", "7"]);
  await confirmButton(dialog, 7).click();
  await expect(outcome(dialog)).toContainText("转让成功");
  expect(await sandbox.card(other.id)).toMatchObject({ api_limit: 33 });
  expect(await sandbox.card(into.id)).toMatchObject({ api_limit: 7 });
  expect(await sandbox.calls("transfer", one.code)).toHaveLength(0);
});

test("Enter among several found cards is heard once: what changes of them afterwards takes the focus from nobody", async ({
  operator,
  ownCards,
  sandbox,
}) => {
  const name = ownName("同名");
  const [from, first] = await ownCards(
    { balance: 10 },
    { name, balance: 5 },
    { name, balance: 6 },
    { name, balance: 7 },
  );
  const dialog = await openTransfer(operator, from);
  const box = dialog.getByRole("textbox", { name: "转入卡" });
  await box.fill(name);
  const found = dialog.getByRole("list", { name: "转入卡" }).getByRole("button");
  await expect(found).toHaveCount(3);
  await box.press("Enter");
  await expect(found.first()).toBeFocused();
  await operator.keyboard.press("Tab");
  await expect(found.nth(1)).toBeFocused();
  const chosen = (await found.nth(1).textContent())?.match(/••••\w{4}/)?.[0];

  // One of them is used, and the page reads what it found again.
  await sandbox.putCards([
    { id: first.id, code: first.code, type: "1", api_limit: 3, user_phone: Number(first.phone), user_name: name },
  ]);
  await expect(found.filter({ hasText: "3 次" })).toHaveCount(1);
  await expect(found.filter({ hasText: chosen ?? "none" })).toBeFocused();
});

test("while a preview is on its way its note can't be changed: what was typed then would be in no record", async ({
  operator,
  ownCards,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  const release = await holdActions(operator);
  const amount = dialog.getByRole("textbox", { name: "转让次数" });
  const note = dialog.getByRole("textbox", { name: "备注" });
  await amount.fill("3");
  await note.fill("客户来电");
  await note.press("Enter");
  await expect(dialog).toHaveAttribute("aria-busy", "true");
  await expect(amount).toBeEditable({ editable: false });
  await expect(note).toBeEditable({ editable: false });
  await note.pressSequentially("，已核实");
  await expect(note).toHaveValue("客户来电");
  release();
  await expect(confirmButton(dialog, 3)).toBeVisible();
  await dialog.getByRole("button", { name: "返回修改" }).click();
  await expect(note).toBeEditable();
});
