import { expect, type Page } from "@playwright/test";
import { ownName } from "./own-name";
import type { Sandbox } from "./sandbox";

/** As the settings have it at first: fewer keys are made without a second question. */
const ASKED_AGAIN_FROM = 200;

export type Batch = { path: string; note: string };

/** Order a batch of keys from the list of batches, with a note of its own; returns where its page is. */
export async function orderKeys(page: Page, type: string, count: number, about = "单"): Promise<Batch> {
  const note = ownName(about);
  await page.goto("/keys");
  await page.getByRole("link", { name: "新建批次" }).click();
  await page.getByRole("radio", { name: type }).check();
  await page.getByRole("textbox", { name: "数量" }).fill(String(count));
  await page.getByRole("textbox", { name: "备注" }).fill(note);
  const verb = `生成 ${count} 张${type}`;
  await page.getByRole("button", { name: verb }).click();
  if (count >= ASKED_AGAIN_FROM)
    await page.getByRole("dialog", { name: "确认生成" }).getByRole("button", { name: verb }).click();
  await expect(page).toHaveURL(/\/keys\/[0-9a-f-]{36}$/);
  return { path: new URL(page.url()).pathname, note };
}

/** Every key the sandbox made because the console asked, since `seq` of its journal. */
export async function madeSince(sandbox: Sandbox, seq: number): Promise<string[]> {
  const rows = (await sandbox.journal()).filter((row) => row.seq > seq && row.kind === "generate");
  return rows.flatMap((row) => row.changes.flatMap((change) => (change.kind === "key" ? [change.cardStr] : [])));
}

/** Where the sandbox's journal stands now. */
export const lastSeq = async (sandbox: Sandbox): Promise<number> => (await sandbox.journal()).at(-1)?.seq ?? 0;

/** "done" stands beside the title; the bar is full. */
export async function expectDone(page: Page, count: number): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toContainText("已完成");
  await expect(page.getByRole("main").getByRole("progressbar", { name: "生成进度" })).toHaveAttribute(
    "aria-valuetext",
    new RegExp(`^已生成 ${count}, 结果未知 0, `),
  );
}
