import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openDialog } from "./support/open-dialog";
import { chooseTarget, openTransfer } from "./support/transferring";
import { choosePassword, createUser, freshName } from "./support/users";

/** Above an operator's daily limit as it is by default, so that no setting has to change. */
const OVER = 10_000_001;

/** Up to the refusal by the limit, and the request for approval beside it; returns the path of the approval. */
async function requestApproval(page: Page, dialog: Locator, reason: string): Promise<string> {
  await dialog.getByRole("textbox", { name: "转让次数" }).fill(String(OVER));
  await dialog.getByRole("textbox", { name: "备注" }).fill(reason);
  await dialog.getByRole("button", { name: "预览" }).click();
  await dialog.getByRole("textbox", { name: /^请输入/ }).fill(String(OVER));
  await dialog.getByRole("button", { name: "转让 10,000,001 次" }).click();
  await expect(dialog.getByRole("alert")).toContainText("今天最多可转让 10,000,000 次");
  const form = dialog.getByRole("form", { name: "申请批准" });
  // The note is taken for the reason; without one nothing is asked for.
  await expect(form.getByRole("textbox", { name: "理由" })).toHaveValue(reason);
  await form.getByRole("textbox", { name: "理由" }).fill("");
  await form.getByRole("button", { name: "申请批准" }).click();
  await expect(form).toContainText("必填");
  await form.getByRole("textbox", { name: "理由" }).fill(reason);
  await form.getByRole("textbox", { name: "工单号" }).fill("T-2048");
  await form.getByRole("button", { name: "申请批准" }).click();
  const link = dialog.getByRole("link", { name: "查看审批" });
  await expect(link).toBeVisible();
  await link.click();
  await expect(page).toHaveURL(/\/approvals\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname;
}

test("above the daily limit: asked for with a reason, approved by another, sent once by whoever asked", async ({
  open,
  admin,
  support,
  ownCards,
  sandbox,
}) => {
  // An operator of its own: what is sent here counts towards their day, and the next journey's operator would be over it.
  const name = freshName();
  const operator = await open(null);
  await choosePassword(operator, await createUser(admin, name, "操作员"), { name, password: "xunhuan-de-hai-2049" });
  const [from, to] = await ownCards({ type: "4", balance: 30_000_000 }, { balance: 5 });
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  const path = await requestApproval(operator, dialog, `客户合并账号 ${from.name}`);
  await expect(operator.getByText("等待另一位管理员处理")).toBeVisible();
  await expect(operator.getByRole("main").getByRole("button", { name: "批准", exact: true })).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  // Who may not write is not shown it, and the administrator finds it first in the list.
  await support.goto(path);
  await expect(support.getByText("当前角色无权查看")).toBeVisible();
  await admin.goto("/approvals");
  const row = admin.getByRole("row", { name: from.name });
  await expect(row).toContainText("等待批准");
  await expect(row).toContainText("转让 10,000,001 次");
  await admin.goto(path);
  const main = admin.getByRole("main");
  await expect(main).toContainText(`${name} 申请超出每日上限`);
  await expect(main).toContainText("T-2048");
  for (const text of ["30,000,000", "19,999,999", "10,000,006"]) await expect(main).toContainText(text);
  const approve = await openDialog(admin, "批准", "批准这项申请？");
  await approve.getByRole("button", { name: "批准", exact: true }).click();
  await expect(approve).toHaveCount(0);
  await expect(main).toContainText(`admin 已批准，${name} 尚未提交`);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  // The requester's page learns of it by itself.
  await expect(operator.getByText("admin 已批准，现在可以提交")).toBeVisible();
  const send = await openDialog(operator, "立即提交", "立即提交？");
  await send.getByRole("button", { name: "转让 10,000,001 次" }).click();
  // So large a transfer has its amount typed here as well.
  await expect(send.getByRole("alert")).toContainText("这项操作要求输入确认词");
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
  await send.getByRole("textbox", { name: /^请输入/ }).fill(String(OVER));
  await send.getByRole("button", { name: "转让 10,000,001 次" }).click();
  await expect(operator.getByText("申请的内容已全部提交")).toBeVisible();
  await expect(operator.getByRole("main").getByRole("listitem").getByText("成功")).toBeVisible();
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(1);
  expect(await sandbox.card(from.id)).toMatchObject({ api_limit: 19_999_999 });
  expect(await sandbox.card(to.id)).toMatchObject({ api_limit: 10_000_006 });
});

test("a refusal needs a reason, the requester reads it, and nothing can be sent", async ({
  operator,
  admin,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ type: "4", balance: 30_000_000 }, { balance: 5 });
  const dialog = await openTransfer(operator, from);
  await chooseTarget(dialog, to.phone, to);
  const path = await requestApproval(operator, dialog, "客户合并账号");
  await admin.goto(path);
  const refuse = await openDialog(admin, "拒绝", "拒绝这项申请？");
  await refuse.getByRole("button", { name: "拒绝", exact: true }).click();
  await expect(refuse).toContainText("必填");
  await refuse.getByRole("textbox", { name: "理由" }).fill("先联系客户核实");
  await refuse.getByRole("button", { name: "拒绝", exact: true }).click();
  await expect(refuse).toHaveCount(0);
  await expect(operator.getByText("admin 已拒绝")).toBeVisible();
  await expect(operator.getByRole("main")).toContainText("先联系客户核实");
  await expect(operator.getByRole("main").getByRole("button", { name: "立即提交" })).toHaveCount(0);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);
});
