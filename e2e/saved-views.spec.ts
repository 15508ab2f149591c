import { randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";
import { choosePassword, createUser, freshName } from "./support/users";

async function openViews(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog", { name: "保存的视图" });
  await expect(async () => {
    if (!(await dialog.isVisible())) await page.getByRole("button", { name: "视图", exact: true }).click();
    await expect(dialog).toBeVisible({ timeout: 3_000 });
  }).toPass();
  return dialog;
}

const rowOf = (dialog: Locator, name: string) => dialog.getByRole("listitem").filter({ hasText: name });

async function save(dialog: Locator, name: string): Promise<void> {
  await dialog.getByRole("textbox", { name: "把当前筛选和排序另存为" }).fill(name);
  await dialog.getByRole("button", { name: "保存视图" }).click();
}

test("a shared view brings filters and order back for others; the default opens the page; its owner deletes it", async ({
  operator,
  admin,
  open,
}) => {
  // A user of their own: the default would open for others who are support, too.
  const person = freshName();
  const support = await open(null);
  const password = "a long enough password 1";
  await choosePassword(support, await createUser(admin, person, "客服"), { name: person, password });
  const name = `空卡 ${randomBytes(3).toString("base64url").replace(/\W/g, "")}`;
  await operator.goto("/cards?empty=yes&sort=balance&desc=false");
  let dialog = await openViews(operator);
  await dialog.getByRole("checkbox", { name: "共享给所有人" }).check();
  await save(dialog, name);
  await expect(rowOf(dialog, name)).toContainText("共享");

  await support.goto("/cards?id=ab");
  const seen = await openViews(support);
  await expect(seen.getByRole("checkbox", { name: /共享给所有人/ })).toBeDisabled();
  await expect(rowOf(seen, name).getByRole("button", { name: /删除/ })).toHaveCount(0);
  await rowOf(seen, name).getByRole("button", { name, exact: true }).click();
  await expect(support).toHaveURL(
    ({ searchParams: asked }) => asked.get("empty") === "yes" && asked.get("sort") === "balance",
  );

  const again = await openViews(support);
  await rowOf(again, name).getByRole("button", { name: "设为默认" }).click();
  await expect(rowOf(again, name).getByRole("button", { name: "默认", exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await support.goto("/cards");
  await expect(support).toHaveURL(
    ({ searchParams: asked }) => asked.get("empty") === "yes" && asked.get("sort") === "balance",
  );

  await operator.goto("/cards?id=ab");
  dialog = await openViews(operator);
  await rowOf(dialog, name)
    .getByRole("button", { name: `删除视图 ${name}` })
    .click();
  await rowOf(dialog, name).getByRole("button", { name: "为所有人删除" }).click();
  await expect(rowOf(dialog, name)).toHaveCount(0);
  await support.goto("/cards");
  await expect(support).toHaveURL(/\/cards$/);
});

test("no view keeps a phone: not of the filter, not in its name", async ({ operator, ownCards }) => {
  const [card] = await ownCards({});
  await openReady(operator, "/cards");
  await operator.getByRole("textbox", { name: "手机号" }).fill(card.phone);
  await operator.getByRole("button", { name: "查询" }).click();
  await expect(operator.getByRole("row", { name: card.name })).toBeVisible();
  const dialog = await openViews(operator);
  await expect(dialog).toContainText("手机号和兑换码条件不会保存");
  await save(dialog, `客户 ${card.phone}`);
  await expect(dialog).toContainText("不能包含手机号或兑换码");
  const sent: string[] = [];
  // Not the table's own list of rows, which is read again now and then.
  operator.on("request", (request) => {
    if (request.headers()["next-action"]) sent.push(request.postData() ?? "");
  });
  const name = `单 ${randomBytes(3).toString("base64url").replace(/\W/g, "")}`;
  await save(dialog, name);
  await expect(rowOf(dialog, name)).toBeVisible();
  expect(sent.join("\n")).toContain(name);
  expect(sent.join("\n")).not.toContain(card.phone);
  await rowOf(dialog, name)
    .getByRole("button", { name: `删除视图 ${name}` })
    .click();
  await rowOf(dialog, name).getByRole("button", { name: "确认删除" }).click();
  await expect(rowOf(dialog, name)).toHaveCount(0);
});
