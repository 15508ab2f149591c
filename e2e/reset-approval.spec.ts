import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openDialog } from "./support/open-dialog";
import { addApp } from "./support/second-factor";
import { signIn, trySignIn } from "./support/sign-in";
import { withStandingAdmin } from "./support/standing-admin";
import { choosePassword, createUser, freshName, startUserAction, takeLink } from "./support/users";

const password = "a long enough password 1";
const NEEDED = "这须由另一位管理员批准，不能是你，也不能是账号本人";

/** Ask for approval beside the refusal in the dialog; returns the path of the approval. */
async function askFor(admin: Page, dialog: Locator, reason: string): Promise<string> {
  await expect(dialog.getByRole("alert")).toContainText(NEEDED);
  const form = dialog.getByRole("form", { name: "申请批准" });
  await form.getByRole("textbox", { name: "理由" }).fill(reason);
  await form.getByRole("button", { name: "申请批准" }).click();
  await dialog.getByRole("link", { name: "查看审批" }).click();
  await expect(admin).toHaveURL(/\/approvals\/[0-9a-f-]{36}$/);
  await expect(admin.getByText("等待另一位管理员处理")).toBeVisible();
  return new URL(admin.url()).pathname;
}

async function approve(approver: Page, path: string, shown: readonly string[]): Promise<void> {
  await approver.goto(path);
  const main = approver.getByRole("main");
  await expect(main).toContainText("admin 申请重置他人账号");
  for (const text of shown) await expect(main).toContainText(text);
  const dialog = await openDialog(approver, "批准", "批准这项申请？");
  await dialog.getByRole("button", { name: "批准", exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

test("a second factor and an administrator's password: asked for, approved by a third, carried out once, seen by their user", async ({
  admin,
  cardesk,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "管理员"), { name, password });
  await addApp(person);

  await withStandingAdmin(cardesk, async (approverName) => {
    const approver = await open(null);
    await signIn(approver, approverName, cardesk.password);

    await test.step("the second factor", async () => {
      const title = `重置“${name}”的两步验证`;
      await startUserAction(admin, name, "重置两步验证…");
      const dialog = admin.getByRole("dialog", { name: title });
      await dialog.getByRole("button", { name: "重置两步验证" }).click();
      const path = await askFor(admin, dialog, "手机丢失，已当面核实");
      // Whose account it is sees the request, and decides nothing.
      await person.goto(path);
      await expect(person.getByRole("heading", { level: 1, name: title })).toBeVisible();
      await expect(person.getByRole("main").getByRole("button", { name: "批准", exact: true })).toHaveCount(0);
      await approve(approver, path, [title, "手机丢失，已当面核实", "凭密码和两步验证登录", "只凭密码即可登录"]);
      await expect(approver.getByRole("main")).toContainText(`${approverName} 已批准，admin 尚未执行`);

      // The requester's page learns of it by itself.
      await expect(admin.getByText(`${approverName} 已批准，现在可以执行`)).toBeVisible();
      const carryOut = await openDialog(admin, title, title);
      await carryOut.getByRole("button", { name: "重置两步验证" }).click();
      await expect(carryOut).toHaveCount(0);
      await expect(admin.getByRole("main")).toContainText("已执行");
      await person.goto("/operations");
      await expect(person).toHaveURL(/\/login/);
      await trySignIn(person, name, password);
      await expect(person).toHaveURL(/\/operations$/);
      await person.goto("/account");
      await expect(person.getByText(`两步验证由 admin 经 ${approverName} 批准重置于`)).toBeVisible();
    });

    await test.step("the password", async () => {
      const title = `为“${name}”生成重置链接`;
      await startUserAction(admin, name, "生成重置链接…");
      const dialog = admin.getByRole("dialog", { name: title });
      await dialog.getByRole("button", { name: "生成链接" }).click();
      const path = await askFor(admin, dialog, "忘记密码，已电话核实");
      await approve(approver, path, [title, "凭现有密码登录", "旧密码失效"]);
      await expect(admin.getByText(`${approverName} 已批准，现在可以执行`)).toBeVisible();
      const carryOut = await openDialog(admin, title, title);
      await carryOut.getByRole("button", { name: "生成链接" }).click();
      const link = await takeLink(admin, name);
      await expect(admin.getByRole("main")).toContainText("已执行");

      const again = await open(null);
      await choosePassword(again, link, { name, password: "quite another password 2" });
      await again.goto("/account");
      await expect(again.getByText("admin 生成于")).toHaveCount(2);
      await expect(again.getByText(/^已在 .+ 使用于/)).toHaveCount(2);

      // One approval was for one link.
      await startUserAction(admin, name, "生成重置链接…");
      await dialog.getByRole("button", { name: "生成链接" }).click();
      await expect(dialog.getByRole("alert")).toContainText(NEEDED);
    });

    await test.step("the audit has all of it", async () => {
      await approver.goto("/audit");
      for (const label of ["申请批准", "批准申请", "按批准执行"])
        await expect(approver.getByRole("row").filter({ hasText: label }).first()).toBeVisible();
    });
  });
});

test("an administrator made on the same day can refuse, and not approve", async ({ admin, cardesk, open }) => {
  const [name, newcomer] = [freshName(), freshName()];
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  await addApp(person);
  const second = await open(null);
  await choosePassword(second, await createUser(admin, newcomer, "管理员"), { name: newcomer, password });

  await withStandingAdmin(cardesk, async () => {
    await startUserAction(admin, name, "重置两步验证…");
    const dialog = admin.getByRole("dialog", { name: `重置“${name}”的两步验证` });
    await dialog.getByRole("button", { name: "重置两步验证" }).click();
    const path = await askFor(admin, dialog, "手机丢失");
    await second.goto(path);
    const button = second.getByRole("main").getByRole("button", { name: "批准", exact: true });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    const refuse = await openDialog(second, "拒绝", "拒绝这项申请？");
    await refuse.getByRole("textbox", { name: "理由" }).fill("没有核实");
    await refuse.getByRole("button", { name: "拒绝", exact: true }).click();
    await expect(refuse).toHaveCount(0);
    await expect(admin.getByText(`${newcomer} 已拒绝`)).toBeVisible();
    await expect(admin.getByRole("main")).toContainText("没有核实");
  });
});
