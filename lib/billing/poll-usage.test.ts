import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Ctx, SYSTEM } from "@/lib/context";
import { type Database, openDatabase } from "@/lib/db/client";
import { billingUsage, upstreamStatus } from "@/lib/db/schema";
import { parseBeijingTime } from "@/lib/format/dates";
import { parseMicro } from "@/lib/format/micro";
import type { TalkbotUsageRow } from "@/lib/upstream";
import { UpstreamError } from "@/lib/upstream";
import type { ReadUsageInput, UsageList } from "@/lib/upstream/talkbot/types";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { pollUsage } from "./poll-usage";
import { readUsage } from "./read-usage";

let file: TestDatabase;
let database: Database;
let clock: Date;
let asked: ReadUsageInput[];

beforeAll(async () => {
  file = await createTestDatabase();
  database = openDatabase(file.url, 4);
});

afterAll(async () => {
  await database.pool.end();
  await file.drop();
});

beforeEach(async () => {
  await database.db.delete(billingUsage);
  await database.db.delete(upstreamStatus);
  clock = new Date("2026-09-21T06:00:00.000Z");
  asked = [];
});

const ctx = (): Ctx => ({
  actor: SYSTEM,
  requestId: "r1",
  ip: null,
  userAgent: null,
  now: () => clock,
  db: database.db,
});

const row = (createTime: string, cost: string, over: Partial<TalkbotUsageRow> = {}): TalkbotUsageRow => ({
  name: "gpt-4o",
  cost: parseMicro(cost),
  completionTokens: 10,
  promptTokens: 1,
  number: 0,
  createdAt: parseBeijingTime(createTime),
  ...over,
});

type Answer = (input: ReadUsageInput) => UsageList;
const poll = (answer: Answer) =>
  pollUsage({
    ctx: ctx(),
    source: () => ({
      readUsage: async (input) => {
        asked.push(input);
        return answer(input);
      },
    }),
  });

/** An upstream that holds `rows` and gives at most `cap` a page. */
const holding =
  (rows: TalkbotUsageRow[], cap = 1_000): Answer =>
  ({ page, size }) => {
    const each = Math.min(size, cap);
    return { rows: rows.slice((page - 1) * each, page * each), unreadable: [], total: rows.length };
  };
const view = () => readUsage({ ctx: ctx() });

describe("usage", () => {
  test("is summed exactly by Beijing day and model", async () => {
    await poll(
      holding([
        row("2026-09-21 00:00:00", "0.100001"),
        row("2026-09-21 13:00:00", "0.200002"),
        row("2026-09-20 23:59:59", "0.000003", { name: "gpt-3.5-turbo" }),
      ]),
    );
    const usage = await view();
    expect(usage.days).toHaveLength(30);
    expect(usage.days.slice(-3)).toEqual([
      { day: "2026-09-19", cost: "0.000000" },
      { day: "2026-09-20", cost: "0.000003" },
      { day: "2026-09-21", cost: "0.300003" },
    ]);
    expect(usage.models).toEqual([
      { name: "gpt-4o", cost: "0.300003", share: 0.9999, promptTokens: 2, completionTokens: 20 },
      { name: "gpt-3.5-turbo", cost: "0.000003", share: 0, promptTokens: 1, completionTokens: 10 },
    ]);
    expect(usage).toMatchObject({ total: "0.300006", readAt: clock.toISOString(), error: null });
  });

  test("is read to the end, even from an upstream that caps its pages", async () => {
    const rows = Array.from({ length: 250 }, () => row("2026-09-20 12:00:00", "0.000001"));
    await poll(holding(rows, 30));
    expect((await view()).total).toBe("0.000250");
    expect(asked).toHaveLength(9);
    expect(asked[0]).toEqual({ page: 1, size: 100, startDate: "2026-08-23" });
  });

  test("without a total is read until a page is empty", async () => {
    const rows = Array.from({ length: 150 }, () => row("2026-09-20 12:00:00", "0.000001"));
    await poll((input) => ({ ...holding(rows)(input), total: null }));
    expect((await view()).total).toBe("0.000150");
  });

  test("read twice counts once, and later only the open days are asked for", async () => {
    const rows = [row("2026-09-21 08:00:00", "1"), row("2026-09-20 08:00:00", "2")];
    await poll(holding(rows));
    await poll(holding(rows));
    expect((await view()).total).toBe("3.000000");
    clock = new Date("2026-09-21T16:30:00Z");
    await poll(holding([row("2026-09-22 00:10:00", "4"), ...rows.slice(0, 1)]));
    expect(asked.map(({ startDate }) => startDate)).toEqual(["2026-08-23", "2026-09-21", "2026-09-21"]);
    expect((await view()).total).toBe("7.000000");
  });

  test("that grows while it is read is read again from the start", async () => {
    const old = Array.from({ length: 150 }, () => row("2026-09-20 12:00:00", "0.000001"));
    const grown = [row("2026-09-21 12:00:00", "5"), ...old];
    await poll((input) => holding(asked.length === 1 ? old : grown)(input));
    expect((await view()).total).toBe("5.000150");
    expect(asked.map(({ page }) => page)).toEqual([1, 2, 1, 2]);
  });

  test("that never stands still changes nothing and says so", async () => {
    await poll(holding([row("2026-09-20 12:00:00", "1")]));
    let total = 200;
    await poll(() => {
      total += 1;
      return { rows: [row("2026-09-20 12:00:00", "9")], unreadable: [], total };
    });
    expect(await view()).toMatchObject({ total: "1.000000", error: { key: "upstream.wrong_shape" } });
  });

  test("that can't be read keeps the days there are, with the reason", async () => {
    await poll(holding([row("2026-09-20 12:00:00", "1")]));
    const readAt = clock.toISOString();
    clock = new Date("2026-09-21T07:00:00.000Z");
    await poll(() => {
      throw new UpstreamError("talkbot", "timeout");
    });
    expect(await view()).toMatchObject({ total: "1.000000", readAt, error: { key: "upstream.timeout" } });
  });

  test("rows that can't be counted whole are told, not guessed", async () => {
    await poll(() => ({
      rows: [
        row("2026-09-20 12:00:00", "1"),
        row("2026-09-20 12:00:00", "x"),
        row("no time", "2"),
        row("2026-09-20 12:00:00", "4", { promptTokens: null }),
      ],
      unreadable: [{ index: 4, id: null, field: "name" }],
      total: 5,
    }));
    expect(await view()).toMatchObject({
      total: "5.000000",
      readAt: clock.toISOString(),
      error: { key: "usage_incomplete", details: "4" },
    });
  });

  test("never read has no days, which is not thirty days of nothing", async () => {
    expect(await view()).toEqual({ days: [], models: [], total: "0.000000", readAt: null, error: null });
  });
});
