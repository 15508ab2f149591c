import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "./support/fixtures";
import { expectDone, lastSeq, madeSince, orderKeys } from "./support/generating";
import { openReady } from "./support/pages";

const bar = (page: Page) => page.getByRole("main").getByRole("progressbar", { name: "生成进度" });

/** Press an export button and read the file it brings. */
async function download(page: Page, name: RegExp): Promise<{ name: string; text: string }> {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name }).click();
  const file = await coming;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("37 keys are made in the background, survive a reload, and are exported exactly as they were made", async ({
  operator,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  await sandbox.hold("generate", 1);
  await orderKeys(operator, "天卡", 37);
  await expect(bar(operator)).toHaveAttribute("aria-valuemax", "37");
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("天卡 × 37");
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("生成中");
  await operator.reload();
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("生成中");
  await sandbox.release();
  await expectDone(operator, 37);

  const made = await madeSince(sandbox, before);
  expect(made).toHaveLength(37);
  const sizes = (await sandbox.journal()).filter((row) => row.seq > before && row.kind === "generate");
  expect(sizes.map((row) => row.changes.length).sort()).toEqual([10, 10, 10, 7].sort());

  const txt = await download(operator, /^下载 TXT（37 张）/);
  expect(txt.name).toMatch(/^卡密.*37张.*\.txt$/);
  expect(txt.text.trimEnd().split(/\r?\n/).sort()).toEqual([...made].sort());

  const csv = await download(operator, /^下载 CSV（37 张）/);
  expect(csv.name).toMatch(/^卡密.*37张.*\.csv$/);
  expect(csv.text.startsWith("\ufeff")).toBe(true);
  const lines = csv.text.slice(1).trimEnd().split("\r\n");
  expect(lines).toHaveLength(38);
  const listed = lines.slice(1).map((line) => /[0-9A-F]{32}/.exec(line)?.[0]);
  expect(listed.sort()).toEqual([...made].sort());
});

test("what is exported follows the table's status filter, and the buttons say how many", async ({ operator }) => {
  await orderKeys(operator, "天卡", 3);
  await expectDone(operator, 3);
  const status = operator.getByRole("combobox", { name: "上游状态" });
  const button = (name: string) => operator.getByRole("button", { name, exact: true });
  await expect(button("下载 CSV（3 张）")).toBeVisible();

  await status.selectOption("已使用");
  const keys = operator.getByRole("table", { name: "批次的卡密" });
  await expect(keys).toHaveCount(0);
  await expect(button("下载筛选 CSV（0 张）")).toHaveAttribute("aria-disabled", "true");
  await expect(button("下载筛选 TXT（0 张）")).toHaveAttribute("aria-disabled", "true");

  await status.selectOption("全部状态");
  await expect(button("下载 TXT（3 张）")).toBeVisible();
  await expect(keys.getByRole("row")).toHaveCount(4);
});

test("a batch can be paused, goes on when resumed, and ends with exactly what was asked", async ({
  operator,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  await sandbox.hold("generate", 2);
  await orderKeys(operator, "周卡", 90);
  await operator.getByRole("button", { name: "暂停" }).click();
  await expect(operator.getByRole("status").filter({ hasText: "批次已暂停" })).toContainText("由用户暂停。");
  // What was under way when it was paused still comes in.
  await sandbox.release();
  await expect(bar(operator)).toHaveAttribute("aria-valuetext", /生成中 0$/);
  const paused = Number(await bar(operator).getAttribute("aria-valuenow"));
  expect(paused).toBeLessThan(90);
  expect(await madeSince(sandbox, before)).toHaveLength(paused);

  await operator.getByRole("button", { name: "继续" }).click();
  await expectDone(operator, 90);
  expect(await madeSince(sandbox, before)).toHaveLength(90);
});

test("a cancelled batch keeps what was made and makes no more", async ({ operator, sandbox }) => {
  const before = await lastSeq(sandbox);
  await sandbox.hold("generate", 2);
  await orderKeys(operator, "季卡", 200);
  await expect(bar(operator)).not.toHaveAttribute("aria-valuenow", "0");
  await operator.getByRole("button", { name: "取消批次" }).click();
  const dialog = operator.getByRole("dialog", { name: "取消这个批次？" });
  await dialog.getByRole("button", { name: /^取消批次，不再生成 \d+ 张$/ }).click();
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("已取消");
  await sandbox.release();
  await expect(bar(operator)).toHaveAttribute("aria-valuetext", /生成中 0$/);
  const kept = Number(await bar(operator).getAttribute("aria-valuenow"));
  const made = await madeSince(sandbox, before);
  expect(made.length).toBe(kept);
  expect(made.length).toBeLessThan(200);
});

test("keys whose answer was lost are found again, and none is made twice", async ({ operator, sandbox }) => {
  const before = await lastSeq(sandbox);
  await sandbox.fault({ fault: "reset", effect: "before", match: { kind: "generate", nth: 1, when: { type: 4 } } });
  await orderKeys(operator, "年卡", 25);
  await expectDone(operator, 25);
  await expect(operator.getByRole("main")).toContainText("找回 10 张");
  const made = await madeSince(sandbox, before);
  expect(made).toHaveLength(25);
  const { text } = await download(operator, /^下载 TXT（25 张）/);
  expect(text.trimEnd().split(/\r?\n/).sort()).toEqual([...made].sort());
});

test("an upstream that says no pauses the batch with its words, and nothing is lost", async ({ operator, sandbox }) => {
  const before = await lastSeq(sandbox);
  await sandbox.fault({ fault: "failure-listed", match: { kind: "generate", when: { type: 5 } } });
  await orderKeys(operator, "永久卡", 12);
  const notice = operator.getByRole("status").filter({ hasText: "批次已暂停" });
  await expect(notice).toContainText("上游原话");
  const checking = operator.getByRole("status").filter({ hasText: "张卡密被上游拒绝，正在核实" });
  await expect(checking).toContainText("处理好原因后就可以继续");
  expect(await madeSince(sandbox, before)).toEqual([]);
  await sandbox.clearFaults();
  await operator.getByRole("button", { name: "继续" }).click();
  await expectDone(operator, 12);
  expect(await madeSince(sandbox, before)).toHaveLength(12);
  // The list may lag behind: that nothing was made is only certain after the quiet period, an hour in this test.
  await expect(checking).toBeVisible();
});

test("a batch that PotatoCloud's outage paused says so, as does the form of a new one, and goes on by itself", async ({
  operator,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  await sandbox.fault({ fault: "failure-unlisted", match: { kind: "keys" } });
  const { path } = await orderKeys(operator, "季卡", 12);
  const notice = operator.getByRole("status").filter({ hasText: "批次已暂停" });
  await expect(notice).toContainText("土豆云恢复后，批次会自动继续");
  await operator.goto("/keys/new");
  await expect(operator.getByRole("status").filter({ hasText: "土豆云最近一次读取失败" })).toBeVisible();
  await sandbox.clearFaults();
  await operator.goto(path);
  await expect(operator.getByRole("heading", { level: 1 })).toContainText("已完成");
  await expectDone(operator, 12);
  expect(await madeSince(sandbox, before)).toHaveLength(12);
});

test("a key is shown and copied one at a time, on request, and that stands in the audit", async ({
  open,
  admin,
  sandbox,
}) => {
  const before = await lastSeq(sandbox);
  const page = await open("operator", { permissions: ["clipboard-read", "clipboard-write"] });
  const { path } = await orderKeys(page, "月卡", 2);
  await expectDone(page, 2);
  const made = await madeSince(sandbox, before);
  for (const key of made) await expect(page.getByRole("main")).not.toContainText(key);
  const row = page
    .getByRole("table", { name: "批次的卡密" })
    .getByRole("row", { name: new RegExp(made[0]?.slice(-4) ?? "?") });
  await row.getByRole("button", { name: "显示卡密" }).click();
  await expect(row).toContainText(made[0] ?? "?");
  await row.getByRole("button", { name: "复制卡密" }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(made[0]);
  await page.getByRole("button", { name: "复制全部（2 张）" }).click();
  await expect
    .poll(async () => (await page.evaluate(() => navigator.clipboard.readText())).split("\n").sort())
    .toEqual([...made].sort());

  await admin.goto("/audit");
  await expect(admin.getByRole("row", { name: /operator.*卡密/ }).first()).toBeVisible();
  const support = await open("support");
  await support.goto(path);
  await expect(support.getByRole("main")).toContainText("查看和导出需要操作员角色");
  await expect(support.getByRole("button", { name: /下载|复制全部|显示卡密|暂停|取消/ })).toHaveCount(0);
});

test("a number nobody can make is refused before anything is asked", async ({ operator, support, sandbox }) => {
  const before = await lastSeq(sandbox);
  for (const count of ["", "0", "-1", "10001", "1.5", "很多"]) {
    await openReady(operator, "/keys/new");
    await operator.getByRole("textbox", { name: "数量" }).fill(count);
    await operator.getByRole("button", { name: /^生成/ }).click();
    await expect(operator.getByRole("main")).toContainText("请输入 1 到 10,000 之间的整数");
    await expect(operator.getByRole("dialog")).toHaveCount(0);
  }
  expect(await madeSince(sandbox, before)).toEqual([]);
  await support.goto("/keys");
  await expect(support.getByRole("heading", { level: 1, name: "卡密" })).toBeVisible();
  await expect(support.getByRole("link", { name: "新建批次" })).toHaveCount(0);
  await support.goto("/keys/new");
  await expect(support.getByText("当前角色无权查看")).toBeVisible();
});

test("a double click makes one batch", async ({ operator, sandbox }) => {
  const before = await lastSeq(sandbox);
  await operator.goto("/keys/new");
  await operator.getByRole("radio", { name: "天卡" }).check();
  await operator.getByRole("textbox", { name: "数量" }).fill("5");
  await operator.getByRole("button", { name: "生成 5 张天卡" }).dblclick();
  await expectDone(operator, 5);
  expect(await madeSince(sandbox, before)).toHaveLength(5);
});
