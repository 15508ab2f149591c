import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { database } from "@/lib/db/client";
import {
  alertChannel,
  alertDelivery,
  alertEvent,
  alertNotice,
  alertState,
  audit,
  billingReading,
  setting,
} from "@/lib/db/schema";
import { resealKeys } from "@/lib/keys";
import { type Alerts, settingDefaults } from "@/lib/settings/schemas";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import {
  checkAlerts,
  listFiring,
  pruneAlerts,
  readAlerts,
  removeChannel,
  saveChannel,
  sendAlerts,
  testChannel,
} from ".";
import type { ChannelConfig } from "./schemas";
import { MOST_TRIES } from "./send-alerts";

const MINUTE_MS = 60_000;
const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;

let room: TestRoom;
let server: Server;
let url: string;
let status = 200;
let got: { text: string; id: string }[] = [];
let clock = Date.parse("2026-11-28T04:00:00Z");

async function read(request: IncomingMessage) {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const payload = Buffer.concat(parts).toString();
  const { data } = JSON.parse(payload) as { data: { text: string } };
  return { text: data.text, id: String(request.headers["webhook-id"]) };
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const message = await read(request);
    if (status === 200) got.push(message);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook-of-secret-path`;
  room = await openTestRoom({ variables: { ALERT_PRIVATE_HOSTS: "127.0.0.1", APP_URL: "https://console.example" } });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await room.close();
});
beforeEach(async () => {
  const { db } = database();
  await db.delete(alertChannel);
  await db.delete(alertEvent);
  await db.delete(alertState);
  await db.delete(billingReading);
  await db.delete(setting).where(eq(setting.key, "alerts"));
  status = 200;
  got = [];
  clock += 30 * 86_400_000;
});

const ctx = (): Ctx => room.as("admin", () => new Date(clock));
const pass = (minutes: number) => {
  clock += minutes * MINUTE_MS;
};

/** It is 12:00 in the time zone of quiet hours. */
const noon = () => {
  clock = new Date(clock).setUTCHours(4, 0, 0, 0);
};

/** Only the rules of a test are on. */
async function only(rules: Partial<Alerts["rules"]>, changes: Partial<Alerts> = {}) {
  const off = Object.fromEntries(
    Object.entries(settingDefaults.alerts.rules).map(([rule, value]) => [rule, { ...value, on: false }]),
  );
  const value = { ...settingDefaults.alerts, language: "en", ...changes, rules: { ...off, ...rules } };
  await database()
    .db.insert(setting)
    .values({ key: "alerts", value })
    .onConflictDoUpdate({ target: setting.key, set: { value } });
}
const amount = { on: true, at: "20", rearm: "30", severe: false };

async function balance(left: number) {
  const micro = BigInt(left * 1_000_000);
  const numbers = { remainingAmountMicro: micro, amountMicro: micro, remainingPointsMicro: micro, pointsMicro: micro };
  await database()
    .db.insert(billingReading)
    .values({ at: new Date(clock), ...numbers });
}

const webhook = (): ChannelConfig => ({ kind: "webhook", url, secret });
async function addChannel(changes: { config?: ChannelConfig; on?: boolean } = {}) {
  const channelId = randomUUID();
  const input = { channelId, name: "ops", on: changes.on ?? true, config: changes.config ?? webhook() };
  await saveChannel({ ctx: ctx(), input });
  return channelId;
}

/** A message that waits for its first try; what it is called on the way. */
async function addMessage({ severe }: { severe: boolean }): Promise<string> {
  const { db } = database();
  const [channel] = await db.select({ channelId: alertChannel.id }).from(alertChannel);
  if (!channel) throw new Error("no channel");
  const at = new Date(clock);
  const message = { ...channel, id: randomUUID(), test: false, text: "text", severe, nextAt: at, createdAt: at };
  await db.insert(alertDelivery).values({ ...message, state: "waiting" });
  return `msg_${message.id}`;
}

/** A minute of a console's background work. */
async function minute() {
  pass(1);
  await checkAlerts({ ctx: ctx() });
  await sendAlerts({ ctx: ctx(), input: {} });
}
const texts = () => got.map(({ text }) => text);

describe("an alert", () => {
  test("is told once, not again before it is well, and that it is well", async () => {
    await only({ amount });
    await addChannel();
    for (const left of [25, 18.5, 17, 21, 19, 30, 31, 5]) {
      await balance(left);
      await minute();
    }
    expect(texts()).toEqual([
      "Cardesk alerts: 1 new\nTalk-Bot remaining amount is 18.5, below 20\nhttps://console.example/billing",
      "Cardesk alerts: 1 recovered\n[Recovered] Talk-Bot remaining amount is 30\nhttps://console.example/billing",
      "Cardesk alerts: 1 new\nTalk-Bot remaining amount is 5, below 20\nhttps://console.example/billing",
    ]);
  });

  test("is told once by several consoles that look and send at the same moment", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    await Promise.all(Array.from({ length: 5 }, () => checkAlerts({ ctx: ctx() })));
    await Promise.all(Array.from({ length: 5 }, () => sendAlerts({ ctx: ctx(), input: {} })));
    expect(got).toHaveLength(1);
    expect(await database().db.$count(alertEvent)).toBe(1);
  });

  test("beyond the hour's number waits, and comes with the others", async () => {
    await only({ amount }, { perHour: 2 });
    await addChannel();
    for (const left of [1, 40, 2, 50]) {
      await balance(left);
      await minute();
    }
    expect(got).toHaveLength(2);
    expect((await readAlerts({ ctx: ctx() })).channels[0]?.pending).toBe(2);
    pass(60);
    await minute();
    expect(texts()[2]).toContain("1 new, 1 recovered");
    expect(await database().db.$count(alertNotice)).toBe(0);
  });

  test("in quiet hours comes through if it is severe; the others come together after", async () => {
    const quiet = { on: true, from: "10:00", to: "13:30" };
    const points = { ...amount, severe: true };
    await only({ amount, points }, { quiet });
    await addChannel();
    await balance(1);
    await minute();
    expect(texts()).toEqual([expect.stringContaining("[Severe] Talk-Bot remaining points are 1")]);
    await balance(100);
    await minute();
    expect(got).toHaveLength(1);
    pass(120);
    await minute();
    expect(texts()[1]).toContain("1 new, 2 recovered");
  });

  test("of a rule that is switched off and on again is told anew", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    await minute();
    await only({});
    await minute();
    await only({ amount });
    await minute();
    expect(got).toHaveLength(2);
  });

  test("is named on the first screen, with or without a channel, until it is well again", async () => {
    await only({ amount, points: amount });
    await balance(1);
    await minute();
    pass(1);
    await balance(100);
    expect(await listFiring({ ctx: ctx() })).toEqual(["amount", "points"]);
    await minute();
    expect(await listFiring({ ctx: ctx() })).toEqual([]);
  });

  test("of every rule at once says nothing of a console that has nothing to say", async () => {
    await only({ ...settingDefaults.alerts.rules, keys_left: { ...amount, on: true } });
    await addChannel();
    await minute();
    expect(texts().join()).not.toContain("undefined");
    expect((await readAlerts({ ctx: ctx() })).firing.map(({ rule }) => rule)).not.toContain("unknown_age");
  });
});

describe("a message that does not arrive", () => {
  test("is tried again with growing waits under one id, while others wait and come with one message after", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    status = 500;
    await minute();
    await balance(50);
    for (let n = 0; n < 7; n++) await minute();
    const [delivery] = await database().db.select().from(alertDelivery);
    // At once, after 1 and after 2 more minutes; the next is due after 5.
    expect(delivery).toMatchObject({ state: "waiting", tries: 3, errorKey: "status", errorDetails: "HTTP 500" });
    status = 200;
    pass(5);
    await minute();
    expect(got[0]?.id).toBe(`msg_${delivery?.id}`);
    await minute();
    expect(texts()).toEqual([expect.stringContaining("1 new"), expect.stringContaining("1 recovered")]);
  });

  test("waits for the end of quiet hours; a severe one is tried within them", async () => {
    noon();
    const quiet = { on: true, from: "12:02", to: "20:00" };
    await only({ amount, points: { ...amount, severe: true } }, { quiet });
    await addChannel();
    const calm = await addMessage({ severe: false });
    const severe = await addMessage({ severe: true });
    status = 500;
    await minute();
    status = 200;
    for (let n = 0; n < 60; n++) await minute();
    expect(got.map(({ id }) => id)).toEqual([severe]);
    const { deliveries } = await readAlerts({ ctx: ctx() });
    const end = new Date(clock);
    end.setUTCHours(12, 0, 0, 0);
    expect(deliveries.find(({ state }) => state === "waiting")).toMatchObject({ tries: 1, nextAt: end.toISOString() });
    clock = end.getTime() - MINUTE_MS;
    await minute();
    expect(got.map(({ id }) => id)).toEqual([severe, calm]);
  });

  test("and waits for the end of quiet hours goes first when something severe begins within them", async () => {
    noon();
    const quiet = { on: true, from: "12:02", to: "20:00" };
    await only({ amount, points: { ...amount, severe: true } }, { quiet });
    await addChannel();
    const calm = await addMessage({ severe: false });
    status = 500;
    await minute();
    status = 200;
    for (let n = 0; n < 5; n++) await minute();
    expect(got).toEqual([]);
    await balance(1);
    for (let n = 0; n < 3; n++) await minute();
    expect(got[0]?.id).toBe(calm);
    expect(texts().slice(1)).toEqual([expect.stringContaining("[Severe] Talk-Bot remaining points are 1")]);
  });

  test("is given up in the end and said so", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    status = 500;
    for (let n = 0; n < 20; n++) {
      pass(60);
      await minute();
    }
    const { deliveries } = await readAlerts({ ctx: ctx() });
    expect(deliveries).toMatchObject([
      { state: "given_up", tries: MOST_TRIES, error: { key: "status" }, nextAt: null },
    ]);
  });

  test("because a console died is taken up by another after its lease", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    await checkAlerts({ ctx: ctx() });
    const { db } = database();
    await db.update(alertDelivery).set({ tries: 1, nextAt: new Date(clock + 2 * MINUTE_MS) });
    await sendAlerts({ ctx: ctx(), input: {} });
    expect(got).toHaveLength(0);
    pass(2);
    await sendAlerts({ ctx: ctx(), input: {} });
    expect(got).toHaveLength(1);
  });

  test("because it was put off by a clock that was a day ahead is sent when the clock is right again", async () => {
    await only({ amount });
    await addChannel();
    await balance(1);
    status = 500;
    pass(24 * 60);
    await minute();
    status = 200;
    pass(-24 * 60);
    await sendAlerts({ ctx: ctx(), input: {} });
    expect(got).toHaveLength(1);
  });

  test("to a channel whose app key is gone says so", async () => {
    await only({ amount });
    const id = await addChannel();
    const [other] = [await addChannel({ on: false })];
    const { db } = database();
    // A cipher of another channel: bound to that one.
    const [row] = await db.select().from(alertChannel).where(eq(alertChannel.id, other));
    if (row) await db.update(alertChannel).set({ sealed: row.sealed }).where(eq(alertChannel.id, id));
    await balance(1);
    await minute();
    expect((await readAlerts({ ctx: ctx() })).deliveries[0]?.error?.key).toBe("unreadable");
  });
});

describe("a channel", () => {
  test("shows nothing of its address and secrets, in rows, on the screen and in the audit", async () => {
    await addChannel();
    pass(1);
    const config: ChannelConfig = {
      kind: "email",
      host: "mail.example.com",
      port: 465,
      security: "tls",
      user: "smtp-user",
      password: "smtp-password",
      from: "cardesk@example.com",
      to: "ops.team@example.com",
    };
    await addChannel({ config });
    const { channels } = await readAlerts({ ctx: ctx() });
    expect(channels.map(({ shown }) => shown)).toEqual([
      `${new URL(url).host}/•••`,
      "o•••@example.com (mail.example.com:465)",
    ]);
    const { db } = database();
    const rows = JSON.stringify([
      (await db.select().from(alertChannel)).map((row) => ({ ...row, sealed: row.sealed.toString("latin1") })),
      await db.select().from(audit),
    ]);
    for (const hidden of ["secret-path", secret, "smtp-user", "smtp-password", "ops.team", "cardesk@"])
      expect(rows).not.toContain(hidden);
  });

  test("is changed without its address, which stays, and with one", async () => {
    const channelId = await addChannel();
    const change = { channelId, name: "night", on: true };
    await saveChannel({ ctx: ctx(), input: { ...change, config: null } });
    expect(await testChannel({ ctx: ctx(), input: { channelId } })).toEqual({ sent: true, error: null });
    const wecom: ChannelConfig = { kind: "wecom", url: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k" };
    await saveChannel({ ctx: ctx(), input: { ...change, config: wecom } });
    expect((await readAlerts({ ctx: ctx() })).channels).toMatchObject([
      { name: "night", kind: "wecom", shown: "qyapi.weixin.qq.com/•••" },
    ]);
    const trail = await database().db.select({ action: audit.action }).from(audit).orderBy(audit.id);
    expect(trail.map(({ action }) => action).slice(-4)).toEqual([
      "alert_channel.added",
      "alert_channel.changed",
      "alert_channel.tested",
      "alert_channel.changed",
    ]);
  });

  test.each([
    [{ kind: "wecom", url: "https://169.254.169.254/latest" }, "config.url", "private_address"],
    [{ kind: "wecom", url: "https://[::ffff:10.0.0.1]/" }, "config.url", "private_address"],
    [{ kind: "wecom", url: "http://example.com/" }, "config.url", "not_https"],
  ] as [ChannelConfig, string, string][])("to %j is refused at once", async (config, field, key) => {
    const saved = addChannel({ config });
    await expect(saved).rejects.toMatchObject({ code: "bad_input", fields: { [field]: key } });
  });

  test("that is not there can't be changed without an address, tested or removed", async () => {
    const input = { channelId: randomUUID() };
    const change = { ...input, name: "x", on: true, config: null };
    await expect(saveChannel({ ctx: ctx(), input: change })).rejects.toMatchObject({ code: "not_found" });
    await expect(testChannel({ ctx: ctx(), input })).rejects.toMatchObject({ code: "not_found" });
    await expect(removeChannel({ ctx: ctx(), input })).rejects.toMatchObject({ code: "not_found" });
  });

  test("is removed with all that was to be told to it", async () => {
    await only({ amount });
    const channelId = await addChannel();
    await balance(1);
    await checkAlerts({ ctx: ctx() });
    await removeChannel({ ctx: ctx(), input: { channelId } });
    await sendAlerts({ ctx: ctx(), input: {} });
    expect(got).toEqual([]);
    expect(await database().db.$count(alertDelivery)).toBe(0);
  });

  test("that is off is told nothing", async () => {
    await only({ amount });
    await addChannel({ on: false });
    await balance(1);
    await minute();
    expect(got).toEqual([]);
    expect(await database().db.$count(alertNotice)).toBe(0);
  });

  test("that is switched off lets go of what waited for it, and tells no old news when it is on again", async () => {
    await only({ amount });
    const channelId = await addChannel();
    const change = { channelId, name: "ops", config: null };
    status = 500;
    for (const left of [1, 40]) {
      await balance(left);
      await minute();
    }
    await saveChannel({ ctx: ctx(), input: { ...change, on: false } });
    expect((await readAlerts({ ctx: ctx() })).deliveries).toMatchObject([
      { state: "given_up", error: { key: "switched_off" } },
    ]);
    status = 200;
    pass(30 * 24 * 60);
    await saveChannel({ ctx: ctx(), input: { ...change, on: true } });
    await minute();
    expect(got).toEqual([]);
    await balance(2);
    await minute();
    expect(texts()).toEqual([expect.stringContaining("amount is 2")]);
  });

  test("is sealed again after a rotation", async () => {
    const channelId = await addChannel();
    const key = (byte: number) => Buffer.alloc(32, byte).toString("base64");
    room.setEnv({ APP_KEYS: `k2:${key(8)},k1:${key(7)}` });
    expect(await resealKeys({ ctx: ctx(), input: {} })).toBeGreaterThan(0);
    room.setEnv({ APP_KEYS: `k2:${key(8)}` });
    expect(await testChannel({ ctx: ctx(), input: { channelId } })).toEqual({ sent: true, error: null });
    room.setEnv({ APP_KEYS: `k1:${key(7)}` });
  });
});

describe("a test", () => {
  test("says how it went, is in the log, and is not tried again", async () => {
    const channelId = await addChannel();
    status = 503;
    const result = await testChannel({ ctx: ctx(), input: { channelId } });
    expect(result).toEqual({ sent: false, error: { key: "status", details: "HTTP 503" } });
    status = 200;
    pass(10);
    await sendAlerts({ ctx: ctx(), input: {} });
    expect(got).toEqual([]);
    expect((await readAlerts({ ctx: ctx() })).deliveries).toMatchObject([{ test: true, state: "given_up", tries: 1 }]);
  });

  test("is made twenty times an hour at most, also at the same moment", async () => {
    const channelId = await addChannel();
    const tries = await Promise.allSettled(
      Array.from({ length: 23 }, () => testChannel({ ctx: ctx(), input: { channelId } })),
    );
    expect(tries.filter((result) => result.status === "fulfilled")).toHaveLength(20);
    expect(got).toHaveLength(20);
    expect(tries.find((result) => result.status === "rejected")).toMatchObject({ reason: { code: "too_many" } });
    pass(61);
    await testChannel({ ctx: ctx(), input: { channelId } });
  });
});

test("what is 90 days old goes; what was never told stays", async () => {
  await only({ amount }, { perHour: 1 });
  await addChannel();
  for (const left of [1, 40]) {
    await balance(left);
    await minute();
  }
  pass(91 * 24 * 60);
  const { db } = database();
  expect(await pruneAlerts({ ctx: ctx(), input: {} })).toBe(2);
  expect([await db.$count(alertDelivery), await db.$count(alertEvent), await db.$count(alertNotice)]).toEqual([
    0, 1, 1,
  ]);
});

test("a source that can't be read keeps no other rule from being told", async () => {
  await only({ amount, undecided: settingDefaults.alerts.rules.undecided });
  await addChannel();
  await balance(1);
  // The doctor's facts need the audit's heads: here a folder is in the place of their file.
  const folder = mkdtempSync(join(tmpdir(), "cardesk-alerts-"));
  mkdirSync(join(folder, "audit-head.jsonl"));
  room.setEnv({ DATA_DIR: folder });
  await minute();
  rmSync(folder, { recursive: true });
  expect(texts().join()).toContain("remaining amount is 1");
});
