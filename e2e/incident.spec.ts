import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { openReady } from "./support/pages";
import { confirmButton, previewTransfer } from "./support/transferring";

const reason = "上游正在维护，请等通知";

async function press(admin: Page, verb: "暂停写操作" | "恢复写操作", why: string): Promise<void> {
  await openReady(admin, "/settings");
  await admin.getByRole("button", { name: verb }).click();
  const dialog = admin.getByRole("dialog", {
    name: `${verb.slice(0, 2)}${verb === "暂停写操作" ? "所有写操作" : "写操作"}？`,
  });
  await dialog.getByRole("textbox", { name: "原因" }).fill(why);
  await dialog.getByRole("button", { name: verb }).click();
  await expect(dialog).toHaveCount(0);
}

test("incident mode says on every page who paused writes and why, and nothing is sent until it ends", async ({
  admin,
  operator,
  ownCards,
  sandbox,
}) => {
  const [from, to] = await ownCards({ balance: 10 }, {});
  const dialog = await previewTransfer(operator, from, to, 3);
  await press(admin, "暂停写操作", reason);

  // A preview made before the pause is refused like any other.
  await confirmButton(dialog, 3).click();
  await expect(dialog.getByRole("alert")).toContainText("写操作已由 admin 暂停，没有发出任何请求。");
  await expect(dialog.getByRole("alert")).toContainText(reason);
  expect(await sandbox.calls("transfer", from.code)).toHaveLength(0);

  for (const path of ["/", "/cards", "/keys", "/operations", "/billing"]) {
    await operator.goto(path);
    const banner = operator.getByRole("status").filter({ hasText: "写操作已暂停：admin" });
    await expect(banner, path).toContainText(`原因：${reason}`);
  }
  await operator.goto(`/cards/${from.id}`);
  await expect(operator.getByRole("main")).toContainText("10");
  // What would be refused is off before its dialog, with the banner's reason.
  for (const [path, name] of [
    [`/cards/${from.id}`, "转让额度"],
    [`/cards/${from.id}`, "销毁"],
    ["/keys", "新建批次"],
    ["/keys/new", /^生成/],
  ] as const) {
    await openReady(operator, path);
    const button = operator.getByRole("main").getByRole("button", { name });
    await expect(button, path).toHaveAttribute("aria-disabled", "true");
    await button.hover();
    await expect(operator.getByRole("tooltip"), path).toContainText(`写操作已由 admin 暂停，原因：${reason}`);
  }

  await press(admin, "恢复写操作", "维护结束");
  await operator.reload();
  await expect(operator.getByText("写操作已暂停")).toHaveCount(0);
  const again = await previewTransfer(operator, from, to, 3);
  await confirmButton(again, 3).click();
  await expect(again).toContainText("转让成功");

  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /admin.*暂停写操作/ })).toBeVisible();
  await expect(admin.getByRole("row", { name: /admin.*恢复写操作/ })).toBeVisible();
});
