import { readFileSync } from "node:fs";
import { expect, test } from "./support/fixtures";
import { makeStale } from "./support/own-session";
import {
  addApp,
  addAuthenticator,
  codeOf,
  keepRecoveryCodes,
  openAccountDialog,
  showCode,
  showRecoveryCode,
  signOut,
} from "./support/second-factor";
import { trySignIn } from "./support/sign-in";
import { choosePassword, createUser, freshName, startUserAction, takeLink } from "./support/users";

const password = "a long enough password 1";
const wrongCode = "不正确或已用过";

test("with an authenticator app a password alone opens nothing; a code works once, and so does a recovery code", async ({
  admin,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "操作员"), { name, password });
  const { secret, codes } = await addApp(person);
  await expect(person.getByText("剩余 10 个")).toBeVisible();
  const menu = person.getByRole("button", { name: `账号：${name}` });

  await signOut(person, name);
  await trySignIn(person, name, password);
  // The step after the one that set it up: that code is used up.
  const code = codeOf(secret, 30);
  await showCode(person, code);
  await expect(menu).toBeVisible();

  const second = await open(null);
  await second.goto("/operations");
  await trySignIn(second, name, password);
  await showCode(second, code);
  await expect(second.getByRole("main").getByText(wrongCode)).toBeVisible();
  await expect(second.getByRole("textbox", { name: "验证码" })).toBeFocused();
  await showRecoveryCode(second, String(codes[0]).toLowerCase());
  await expect(second).toHaveURL(/\/operations$/);

  const third = await open(null);
  await third.goto("/login");
  await trySignIn(third, name, password);
  await showRecoveryCode(third, String(codes[0]));
  await expect(third.getByRole("main").getByText(wrongCode)).toBeVisible();
  await third.getByRole("textbox", { name: "恢复代码" }).fill(String(codes[1]));
  await third.getByRole("button", { name: "继续", exact: true }).click();
  await expect(third.getByRole("button", { name: `账号：${name}` })).toBeVisible();
  await third.goto("/account");
  await expect(third.getByText("剩余 8 个")).toBeVisible();
});

test("a session that ends over an open page is opened again with the second step in place", async ({ admin, open }) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  const { codes } = await addApp(person);
  await person.context().clearCookies({ name: /session-token/ });
  await person.getByLabel("当前密码", { exact: true }).fill(password);
  await person.getByLabel("新密码", { exact: true }).fill("not saved by this journey");
  await person.getByLabel("再次输入新密码", { exact: true }).fill("not saved by this journey");
  await person.getByRole("button", { name: "修改密码" }).click();
  const again = person.getByRole("dialog", { name: "登录已失效" });
  await again.getByLabel("密码").fill(password);
  await again.getByRole("button", { name: "重新登录" }).click();
  await again.getByRole("button", { name: "使用恢复代码" }).click();
  await again.getByRole("textbox", { name: "恢复代码" }).fill(String(codes[0]));
  await again.getByRole("button", { name: "继续", exact: true }).click();
  await expect(again).toHaveCount(0);
  // Nothing went on by itself, and what was typed is still there.
  await expect(person.getByLabel("新密码", { exact: true })).toHaveValue("not saved by this journey");
});

test("new recovery codes on a stale proof take a code first; they are shown once, can be downloaded, and are not lost by Esc", async ({
  admin,
  cardesk,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  const { secret } = await addApp(person);
  const dialog = await openAccountDialog(person, "重新生成", "重新生成恢复代码");
  // What is right after a sign-in needs no proof; an hour later it does, and the code is one.
  await makeStale(cardesk, name);
  await dialog.getByRole("button", { name: "重新生成", exact: true }).click();
  const proof = person.getByRole("dialog", { name: "再次验证身份" });
  await proof.getByRole("textbox", { name: "验证码" }).fill(codeOf(secret, 30));
  await proof.getByRole("button", { name: "验证并继续" }).click();
  const shown = person.getByRole("dialog", { name: "恢复代码", exact: true });
  await expect(shown).toBeVisible();
  await expect(proof).toHaveCount(0);
  await person.keyboard.press("Escape");
  await expect(shown).toBeVisible();
  await expect(shown.getByRole("button", { name: "完成" })).toHaveAttribute("aria-disabled", "true");
  const [download] = await Promise.all([
    person.waitForEvent("download"),
    shown.getByRole("button", { name: "下载" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  for (const code of await keepRecoveryCodes(person)) expect(text).toContain(code);
});

test("an administrator resets a lost second factor: the sessions end, and the password is enough", async ({
  admin,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  await addApp(person);
  // A link to set a password says what the server takes beside a second factor.
  await startUserAction(admin, name, "生成重置链接…");
  await admin
    .getByRole("dialog", { name: `为“${name}”生成重置链接` })
    .getByRole("button", { name: "生成链接" })
    .click();
  const setUp = await open(null);
  await setUp.goto(await takeLink(admin, name));
  await expect(setUp.getByText("至少 12 个字符")).toBeVisible();
  await startUserAction(admin, name, "重置两步验证…");
  await admin
    .getByRole("dialog", { name: `重置“${name}”的两步验证` })
    .getByRole("button", { name: "重置两步验证" })
    .click();
  await expect(admin.getByRole("row", { name: new RegExp(name) })).toContainText("未启用");
  await person.goto("/operations");
  await expect(person).toHaveURL(/\/login/);
  await trySignIn(person, name, password);
  await expect(person).toHaveURL(/\/operations$/);
});

test("a passkey is the second step, signs in alone, and is a proof; the last one removed, the password is enough", async ({
  admin,
  cardesk,
  open,
}) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  await addAuthenticator(person);
  const dialog = await openAccountDialog(person, "添加通行密钥");
  await dialog.getByRole("textbox", { name: "名称" }).fill("办公电脑");
  await dialog.getByRole("button", { name: "创建通行密钥" }).click();
  await keepRecoveryCodes(person);
  await expect(person.getByRole("listitem").filter({ hasText: "办公电脑" })).toBeVisible();
  const menu = person.getByRole("button", { name: `账号：${name}` });

  await signOut(person, name);
  await trySignIn(person, name, password);
  await person.getByRole("button", { name: "使用通行密钥", exact: true }).click();
  await expect(menu).toBeVisible();

  await signOut(person, name);
  await expect(async () => {
    if (new URL(person.url()).pathname === "/login")
      await person.getByRole("button", { name: "使用通行密钥登录" }).click({ timeout: 1_000 });
    await expect(menu).toBeVisible({ timeout: 5_000 });
  }).toPass();

  const remove = await openAccountDialog(person, "移除通行密钥“办公电脑”", "移除“办公电脑”");
  await makeStale(cardesk, name);
  await remove.getByRole("button", { name: "移除通行密钥", exact: true }).click();
  await person
    .getByRole("dialog", { name: "再次验证身份" })
    .getByRole("button", { name: "使用通行密钥", exact: true })
    .click();
  await expect(remove).toHaveCount(0);
  await expect(person.getByText("尚未启用两步验证")).toBeVisible();
});

test("who must have a second factor sets one up before anything else", async ({ admin, open }) => {
  const name = freshName();
  const person = await open(null);
  await choosePassword(person, await createUser(admin, name, "客服"), { name, password });
  const setRule = async (rule: string) => {
    await admin.goto("/settings");
    const saved = admin.getByText("已保存").first();
    await expect(async () => {
      await admin.getByRole("radio", { name: rule, exact: true }).check();
      const form = admin.locator("form").filter({ has: admin.getByRole("radio", { name: rule, exact: true }) });
      await form.getByRole("button", { name: "保存" }).click();
      await expect(saved).toBeVisible({ timeout: 2_000 });
    }).toPass();
  };
  // The administrator first: what they ask of everybody is asked of them too.
  await addApp(admin);
  try {
    await setRule("所有用户");
    await person.goto("/cards");
    await expect(person).toHaveURL(/\/second-factor$/);
    await expect(person.getByRole("heading", { level: 1, name: "设置两步验证" })).toBeVisible();
    const choose = person.getByRole("button", { name: "添加身份验证器应用" });
    const key = person.getByRole("status", { name: "密钥" });
    await expect(async () => {
      if (await choose.isVisible()) await choose.click();
      await expect(key).toBeVisible({ timeout: 2_000 });
    }).toPass();
    const own = String(await key.textContent()).trim();
    await person.getByRole("textbox", { name: "验证码" }).fill(codeOf(own));
    await person.getByRole("button", { name: "确认", exact: true }).click();
    await person.getByRole("checkbox", { name: "我已保存" }).check();
    await person.getByRole("button", { name: "完成" }).click();
    await expect(person.getByRole("button", { name: `账号：${name}` })).toBeVisible();
  } finally {
    await setRule("无");
    const dialog = await openAccountDialog(admin, "移除身份验证器应用");
    await dialog.getByRole("button", { name: "移除应用" }).click();
    await expect(dialog).toHaveCount(0);
  }
});
