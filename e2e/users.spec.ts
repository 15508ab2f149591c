import { expect, test } from "./support/fixtures";
import { orderKeys } from "./support/generating";
import { openMenu } from "./support/menus";
import { openDialog } from "./support/open-dialog";
import { passingText } from "./support/passing-text";
import { complaint, trySignIn } from "./support/sign-in";
import { choosePassword, createUser, freshName, startUserAction, takeLink } from "./support/users";

const password = "a long enough password 1";

test("a new user chooses a password by a link that works once, and is told apart by role", async ({ admin, open }) => {
  const name = freshName();
  const link = await createUser(admin, name, "客服");
  await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("未设密码");

  const person = await open(null);
  await choosePassword(person, link, { name, password });
  await expect(person.getByRole("link", { name: "用户" })).toHaveCount(0);

  const second = await open(null);
  await second.goto(link);
  await expect(second.getByRole("heading", { name: "链接无法使用" })).toBeVisible();
});

test("the next page of a disabled user is refused, and so is the password", async ({ admin, open }) => {
  const name = freshName();
  const link = await createUser(admin, name, "操作员");
  const person = await open(null);
  await choosePassword(person, link, { name, password });

  await startUserAction(admin, name, "停用…");
  await admin
    .getByRole("dialog", { name: `停用“${name}”` })
    .getByRole("button", { name: "停用该用户" })
    .click();
  await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("已停用");

  // Not by a link of the page: its own polls may have heard it first, and it asks for a new sign-in.
  await person.goto("/billing");
  await expect(person).toHaveURL(/\/login/);
  await trySignIn(person, name, password);
  await expect(complaint(person)).toContainText("用户名或密码不正确，或者该用户已被停用。");
});

test("disabling somebody pauses what they are generating, and says so", async ({ admin, open, sandbox }) => {
  const name = freshName();
  const link = await createUser(admin, name, "操作员");
  const person = await open(null);
  await choosePassword(person, link, { name, password });
  await sandbox.hold("generate");
  const { path } = await orderKeys(person, "季卡", 30);

  await startUserAction(admin, name, "停用…");
  const dialog = admin.getByRole("dialog", { name: `停用“${name}”` });
  await expect(dialog).toContainText("正在生成的批次暂停");
  const disabled = passingText(admin, `已停用“${name}”，暂停了 1 个批次`);
  await dialog.getByRole("button", { name: "停用该用户" }).click();
  await disabled;
  await admin.goto(path);
  const notice = admin.getByRole("status").filter({ hasText: "批次已暂停" });
  await expect(notice).toContainText("批次创建人已停用，或不再有操作员权限");
});

test("a change of role counts from the next click on", async ({ admin, open }) => {
  const name = freshName();
  const link = await createUser(admin, name, "管理员");
  const person = await open(null);
  await choosePassword(person, link, { name, password });
  await person.goto("/users");
  await expect(person.getByRole("heading", { level: 1, name: "用户" })).toBeVisible();

  await startUserAction(admin, name, "更改角色…");
  const dialog = admin.getByRole("dialog", { name: `更改“${name}”的角色` });
  await dialog.getByRole("radio", { name: /^客服/ }).check();
  const changed = passingText(admin, `“${name}”现在是客服`);
  await dialog.getByRole("button", { name: "改为客服" }).click();
  await changed;

  await person.reload();
  await expect(person.getByText("当前角色无权查看")).toBeVisible();
});

test("a reset link replaces the password and ends the other sessions", async ({ admin, open }) => {
  const name = freshName();
  const first = await open(null);
  await choosePassword(first, await createUser(admin, name, "客服"), { name, password });

  await startUserAction(admin, name, "生成重置链接…");
  await admin
    .getByRole("dialog", { name: `为“${name}”生成重置链接` })
    .getByRole("button", { name: "生成链接" })
    .click();
  const link = await takeLink(admin, name);

  const second = await open(null);
  await choosePassword(second, link, { name, password: "quite another password 2" });
  await second.goto("/account");
  await expect(second.getByRole("heading", { name: "重置链接" })).toBeVisible();
  await expect(second.getByText("admin 生成于")).toHaveCount(2);
  await expect(second.getByText(/^已在 .+ 使用于/)).toHaveCount(2);
  await first.goto("/operations");
  await expect(first).toHaveURL(/\/login/);
  await trySignIn(first, name, password);
  await expect(complaint(first)).toContainText("用户名或密码不正确");
});

test("a password that is short, common or has the name in it is refused, and the link stays good", async ({
  admin,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await person.goto(await createUser(admin, name, "客服"));
  for (const [poor, words] of [
    ["ten chars.", "太短：至少 15 个字符"],
    ["passwordpassword", "太容易猜到：常用词、重复或连续按键。请用几个互不相关的词"],
    [`my name is ${name}`, "不能包含用户名"],
  ] as const) {
    await person.getByLabel("密码", { exact: true }).fill(poor);
    await person.getByLabel("再次输入密码", { exact: true }).fill(poor);
    await person.getByRole("button", { name: "保存密码并登录" }).click();
    await expect(person.getByText(words, { exact: true })).toBeVisible();
  }
  await person.getByLabel("密码", { exact: true }).fill(password);
  await person.getByLabel("再次输入密码", { exact: true }).fill(password);
  await person.getByRole("button", { name: "保存密码并登录" }).click();
  await expect(person.getByRole("button", { name: `账号：${name}` })).toBeVisible();
});

test("nobody can disable oneself", async ({ admin }) => {
  await admin.goto("/users");
  const item = (await openMenu(admin, "用户 admin 的操作")).getByRole("menuitem", { name: /停用…/ });
  await expect(item).toContainText("不能停用自己");
  await expect(item).toHaveAttribute("aria-disabled", "true");
});

test("a one-time link is lost neither by a second Enter nor by Esc", async ({ admin }) => {
  const name = freshName();
  await admin.goto("/users");
  const form = await openDialog(admin, "新建用户", "新建用户");
  await form.getByRole("textbox", { name: "用户名" }).fill(name);
  await form.getByRole("textbox", { name: "用户名" }).press("Enter");
  const handOver = admin.getByRole("dialog", { name: `请转交给“${name}”` });
  await expect(handOver.getByRole("button", { name: "复制链接" })).toBeFocused();
  for (const key of ["Escape", "Escape", "Enter"]) await admin.keyboard.press(key);
  await admin.mouse.click(5, 5);
  await expect(handOver.getByRole("status", { name: "一次性链接" })).toContainText("/setup");
  // Without a clipboard the text is shown to copy by hand.
  const byHand = admin.getByRole("dialog", { name: "复制链接" });
  if (await byHand.isVisible()) await admin.keyboard.press("Escape");
  await handOver.getByRole("button", { name: "已复制，关闭" }).click();
  await expect(handOver).toHaveCount(0);
});
