import { afterAll, beforeAll, expect, test } from "vitest";
import { systemContext } from "@/lib/context";
import { runOn } from "@/test/database";
import { type AskedDatabase, openAskedDatabase } from "@/test/support/asked-database";
import { seedMirror } from "@/test/support/seed-mirror";
import { fillNameTerms } from "../names/fill-name-terms";
import { findCards } from "./find-cards";
import { findCustomers } from "./find-customers";

let room: AskedDatabase;

beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, 20_000);
  await fillNameTerms({ ctx: systemContext(), input: { signal: new AbortController().signal } });
  await runOn(room.ownerUrl, "vacuum analyze card_name");
});

afterAll(() => room.close());

test.each([
  "13800001111",
  "13800001111 13900001111 wNaa1GDw",
  "138****1111",
  "1234",
  "88776",
  "伟",
  "伟芳",
  "赵伟芳 尾号 1234",
  "伟芳 娜敏",
  "wf",
  "zhaowei",
  "Jonathan",
  "wNaa1GDw",
  "wNaa",
  "ab1234",
  "0f8fad5bd9cb469fa16570867728950e",
  "z",
])("%j: no full scan of cards or names", async (text) => {
  room.forget();
  await findCards({ ctx: room.ctx, input: { text } });
  await expectNoFullScan();
});

test("customers by a phone, a user id and a name beside last 4 digits: no full scan either", async () => {
  room.forget();
  const input = {
    phones: ["13800001111"],
    ids: ["0f8fad5bd9cb469fa16570867728950e"],
    names: ["赵伟芳"],
    ends: ["1234"],
  };
  await findCustomers({ ctx: room.ctx, input });
  await expectNoFullScan();
});

async function expectNoFullScan(): Promise<void> {
  expect(room.asked.length).toBeGreaterThan(0);
  const scans = (await room.planNodes()).filter(
    (node) => node["Node Type"] === "Seq Scan" && /^card/.test(node["Relation Name"] ?? ""),
  );
  expect(scans).toEqual([]);
}
