import { asc } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "@/lib/db/client";
import { cardEvent } from "@/lib/db/schema";
import { openTestRoom, type TestRoom } from "@/test/support/test-environment";
import { isUnsealedEvent, sealStoredEvents } from "./seal-stored-events";
import { openEvent } from "./sealed-events";

let room: TestRoom;
beforeAll(async () => {
  room = await openTestRoom();
});
afterAll(() => room.close());

const at = new Date("2026-09-21T06:00:00Z");
const rows = () => database().db.select().from(cardEvent).orderBy(asc(cardEvent.id));
const values = async () => (await rows()).map((row) => ({ id: row.id, kind: row.kind, ...openEvent(row) }));
const unsealed = () => database().db.$count(cardEvent, isUnsealedEvent);
const seal = (input: Parameters<typeof sealStoredEvents>[0]["input"] = {}) =>
  sealStoredEvents({ ctx: room.as("admin"), input });

test("changes of before sealing are sealed in steps, none of their values is lost, and nothing else is touched", async () => {
  const old = [
    { kind: "owner" as const, before: "13900000001", after: "13900000002" },
    { kind: "code" as const, before: "AAAA1111", after: "BBBB2222" },
    { kind: "redeemed" as const, before: null, after: "13900000003" },
    { kind: "owner" as const, before: "13900000002", after: null },
    { kind: "balance" as const, before: "7", after: "5" },
    { kind: "gone" as const, before: null, after: null },
  ];
  await database()
    .db.insert(cardEvent)
    .values(old.map((row) => ({ cardId: "c", at, ...row })));
  const before = await values();
  expect(before.map(({ id: _id, ...row }) => row)).toEqual(old);
  expect(await unsealed()).toBe(4);

  const stopped = new AbortController();
  const first = seal({ chunk: 1, signal: stopped.signal });
  stopped.abort();
  const done = await first;
  expect(await unsealed()).toBe(4 - done);
  expect(await values()).toEqual(before);

  expect(await seal({ chunk: 3 })).toBe(4 - done);
  expect(await unsealed()).toBe(0);
  expect(await values()).toEqual(before);
  expect(JSON.stringify(await rows())).not.toMatch(/1390000000|AAAA1111|BBBB2222/);
  expect(await seal()).toBe(0);
});

test("a cipher of another row, or without its app key, is no value, and no error", async () => {
  const [one, two] = await rows();
  if (!one || !two) throw new Error("no rows");
  expect(openEvent({ ...two, sealed: one.sealed })).toBeNull();
  room.setEnv({ APP_KEYS: `k9:${Buffer.alloc(32, 9).toString("base64")}` });
  expect(openEvent(one)).toBeNull();
});
