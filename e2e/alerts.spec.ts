import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { test as base, expect } from "./support/fixtures";
import { openDialog } from "./support/open-dialog";

const SECRET = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
const PATH = "/hook-nobody-may-read";

type Receiver = { url: string; host: string; texts: string[]; status: number };

/** A console that may send to this machine, and a receiver there that takes only what is signed. */
const test = base.extend<object, { receiver: Receiver }>({
  receiver: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it.
    async ({}, use) => {
      const receiver: Receiver = { url: "", host: "", texts: [], status: 204 };
      const server: Server = createServer(async (request, response) => {
        const parts: Buffer[] = [];
        for await (const part of request) parts.push(part);
        const payload = Buffer.concat(parts).toString();
        if (receiver.status === 204) {
          const headers = Object.fromEntries(
            Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
          );
          const { data } = new Webhook(SECRET).verify(payload, headers) as { data: { text: string } };
          receiver.texts.push(data.text);
        }
        response.writeHead(receiver.status).end();
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      receiver.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
      receiver.url = `http://${receiver.host}${PATH}`;
      await use(receiver);
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
  consoleEnv: [async ({ receiver: _receiver }, use) => use({ ALERT_PRIVATE_HOSTS: "127.0.0.1" }), { scope: "worker" }],
});

test("an administrator adds a channel, tests it, sets a threshold, and is told of it once; nobody reads the address again", async ({
  admin,
  receiver,
}) => {
  await admin.goto("/settings/alerts");
  const main = admin.getByRole("main");
  await expect(main.getByText("还没有发送渠道")).toBeVisible();

  const dialog = await openDialog(admin, "添加渠道", "添加渠道");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByLabel("名称", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("名称", { exact: true }).fill("值班群");
  await dialog.getByRole("radio", { name: "Webhook" }).check();
  await dialog.getByLabel("密钥", { exact: true }).fill(SECRET);
  await dialog.getByLabel("地址", { exact: true }).fill("https://169.254.169.254/latest");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByText("不能是内网地址", { exact: true })).toBeVisible();
  await dialog.getByLabel("地址", { exact: true }).fill(receiver.url);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
  await expect(main.getByText(`${receiver.host}/•••`)).toBeVisible();

  await main.getByRole("button", { name: "测试 值班群" }).click();
  await expect(main.getByText("测试消息已发送，请在渠道里查看。")).toBeVisible();
  expect(receiver.texts.join()).toContain("测试消息");
  receiver.status = 503;
  await main.getByRole("button", { name: "测试 值班群" }).click();
  await expect(main.getByText("对方返回错误状态 · HTTP 503").first()).toBeVisible();
  receiver.status = 204;

  const rule = main.getByRole("group", { name: "Talk-Bot 剩余金额" });
  await rule.getByLabel("低于", { exact: true }).fill("1,000,000");
  await main.getByRole("button", { name: "保存" }).click();
  await expect(rule.getByText("不能低于阈值")).toBeVisible();
  // The button is far below what was refused.
  await expect(rule.getByLabel("恢复：不低于", { exact: true })).toBeFocused();
  // Refused while its rule is off it is shown all the same.
  const off = main.getByRole("group", { name: "备份过旧" });
  await off.getByLabel("达到", { exact: true }).fill("");
  await off.getByRole("checkbox", { name: "备份过旧" }).uncheck();
  await rule.getByLabel("恢复：不低于", { exact: true }).fill("1000001");
  await main.getByRole("button", { name: "保存" }).click();
  await expect(off.getByLabel("达到", { exact: true })).toBeFocused();
  await off.getByLabel("达到", { exact: true }).fill("49");
  // 24 hours in every language, as people type them.
  await main.getByRole("checkbox", { name: "免打扰时段" }).check();
  await main.getByLabel("开始", { exact: true }).fill("8：30");
  await main.getByLabel("结束", { exact: true }).fill("8:31");
  await main.getByRole("button", { name: "保存" }).click();
  await expect(admin.getByText("已保存").first()).toBeVisible();

  // Looked at once a minute.
  const told = () => receiver.texts.filter((text) => /剩余金额 .*低于 1,000,000/.test(text)).length;
  await expect.poll(told, { timeout: 200_000 }).toBe(1);
  await expect(async () => {
    await main.getByRole("button", { name: "刷新" }).click();
    await expect(main.getByText(/^Cardesk 告警：新增/).first()).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await expect(main.getByText("Talk-Bot 剩余金额").first()).toBeVisible();
  expect(await admin.content()).not.toContain(PATH);
  expect(await admin.content()).not.toContain(SECRET);

  await main.getByRole("button", { name: "移除 值班群" }).click();
  const removal = admin.getByRole("dialog", { name: "移除渠道 值班群？" });
  await removal.getByRole("button", { name: "移除" }).click();
  await expect(main.getByText("还没有发送渠道")).toBeVisible();
  expect(told()).toBe(1);
});

test("the billing page says that the forecast is still collecting", async ({ support }) => {
  // The first poll of the account may be still under way.
  await expect(async () => {
    await support.goto("/billing");
    const forecast = support.getByRole("main").getByText(/^收集数据中：已有 [\d.]+ 天，满 3 天后显示$/);
    await expect(forecast).toBeVisible({ timeout: 2_000 });
  }).toPass();
});
