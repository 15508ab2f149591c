import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "@/lib/context";
import { parseEnv } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { sharedSlot } from "@/lib/core/shared-slot";
import { type Database, openDatabase } from "@/lib/db/client";
import { card } from "@/lib/db/schema";
import { maskCode } from "@/lib/format/masks";
import { maskPhone } from "@/lib/format/phones";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { exportCards } from "../export/export-cards";
import { CARD_SORTS, type CardFilter, readFilters } from "../types";
import { findCards } from "./find-cards";
import { listCardIds } from "./list-card-ids";
import { listCards } from "./list-cards";

const at = new Date("2026-09-21T06:00:00Z");
const base = { type: "1", balance: 10, firstSeenAt: at, readAt: at, createdAt: at };

/** Two mirrors whose cards look the same to who sees phones and codes masked. */
type Twin = { name: string | null; phones: [string | null, string | null]; codes: [string, string] };
const TWINS: Twin[] = [
  { name: "琳琅", phones: ["15912348888", "15998768888"], codes: ["wNaa1GDw", "Qz7x1GDw"] },
  { name: "望舒", phones: ["15900018888", "15943218888"], codes: ["3AoPbLSQ", "9kLmbLSQ"] },
  { name: "8888 同名", phones: ["13812341234", "13856781234"], codes: ["0uLpY09f", "1vMqY09f"] },
  { name: null, phones: [null, null], codes: ["abcd0000", "dcba0000"] },
  { name: "with a country code", phones: ["8613812341234", "8613843211234"], codes: ["11112222", "33332222"] },
  // Their masks show less than 4 characters.
  { name: "unusual", phones: ["4415912345678", "4415912346578"], codes: ["ab12", "cd34"] },
  { name: "short", phones: ["12345", "54345"], codes: ["longer-code-1GDw", "LONGER_CODE_1GDw"] },
];
const HIDDEN = TWINS.flatMap(({ phones, codes }) => [...phones, ...codes]).filter((value) => value !== null);

const files: TestDatabase[] = [];
const databases: Database[] = [];

beforeAll(async () => {
  sharedSlot("env").value = parseEnv({ LOG_LEVEL: "silent" });
  for (const which of [0, 1] as const) {
    const file = await createTestDatabase();
    const database = openDatabase(file.url, 2);
    files.push(file);
    databases.push(database);
    await database.db.insert(card).values(
      TWINS.map(({ name, phones, codes }, place) => ({
        ...base,
        id: String(place).repeat(32),
        userName: name,
        phone: phones[which],
        code: codes[which],
      })),
    );
  }
});

afterAll(async () => {
  for (const { pool } of databases) await pool.end();
  for (const file of files) await file.drop();
});

const labels = {
  header: ["id"],
  typeName: (type: string) => type,
  state: () => "",
  unlimited: "∞",
  name: () => ["cards"],
};

/** What one mirror answers to a verb, or why it refuses. */
async function answer(work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return { key: error.key, fields: error.fields };
    throw error;
  }
}

/** Both mirrors' answers; `ask` is one of the verbs that tell support of cards. */
const both = (ask: (ctx: Ctx) => Promise<unknown>) =>
  Promise.all(
    databases.map(({ db }) => {
      const actor = { id: null, name: "li", role: "support" as const, sessionId: null };
      return answer(() => ask({ actor, requestId: "r", ip: null, userAgent: null, now: () => at, db }));
    }),
  );

const part = fc
  .tuple(fc.constantFrom(...HIDDEN), fc.nat(16), fc.nat(16))
  .map(([text, from, length]) => text.slice(from, from + length + 1));
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HIDDEN).map((value) => value.slice(-4)) },
  { weight: 6, arbitrary: part },
  {
    weight: 2,
    arbitrary: fc
      .tuple(part, fc.constantFrom(" ", "-", ",", "•", "%", "_", "+86 ", "****", "\n"), part)
      .map((all) => all.join("")),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 1, arbitrary: fc.stringMatching(/^[0-9]{1,11}$/) },
);

/** Whoever typed a hidden value in full may learn whose it is. */
const saysItInFull = (typed: string): boolean => {
  const plain = typed.normalize("NFKC").toLowerCase();
  const digits = plain.replace(/\D/g, "");
  return HIDDEN.some(
    (value) => plain.includes(value.toLowerCase()) || (/^\d+$/.test(value) && digits.includes(value.slice(-11))),
  );
};

type Texts = Parameters<typeof readFilters>[0];
const others = fc.record(
  {
    name: fc.constantFrom("琳", "8888", "a"),
    types: fc.constantFrom("1", "2"),
    redeemed: fc.constantFrom("yes", "no"),
    gone: fc.constantFrom("show", "only"),
    id: fc.constantFrom("0", "6"),
  },
  { requiredKeys: [] },
);
const texts: fc.Arbitrary<Texts> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ phone: text }) },
  { weight: 2, arbitrary: fc.record({ code: text }) },
  { weight: 1, arbitrary: fc.tuple(fc.record({ phone: text, code: text }), others).map(([a, b]) => ({ ...a, ...b })) },
  { weight: 1, arbitrary: fc.tuple(fc.record({ phone: text }), others).map(([a, b]) => ({ ...a, ...b })) },
);
const filter: fc.Arbitrary<CardFilter> = texts
  .filter(({ phone, code }) => !saysItInFull(phone ?? "") && !saysItInFull(code ?? ""))
  .map((typed) => readFilters(typed).filter);
const sort = fc.record({ id: fc.constantFrom(...CARD_SORTS), desc: fc.boolean() });

test("the mirrors of this test look the same", () => {
  for (const { phones, codes } of TWINS) {
    expect(new Set(phones.map((phone) => phone && maskPhone(phone))).size, String(phones)).toBe(1);
    expect(new Set(codes.map(maskCode)).size, String(codes)).toBe(1);
  }
});

test("no filter and no order tells apart what masks hide: not the list, nor its ids, nor an export", async () => {
  await fc.assert(
    fc.asyncProperty(filter, sort, async (asked, order) => {
      const page = { page: 1, size: 20 } as const;
      const [one, other] = await both((ctx) => listCards({ ctx, input: { filter: asked, sort: order, ...page } }));
      expect(one).toEqual(other);
      const [ids, otherIds] = await both((ctx) => listCardIds({ ctx, input: { filter: asked } }));
      expect(ids).toEqual(otherIds);
      const scope = { kind: "filtered", filter: asked, sort: order } as const;
      const [file, otherFile] = await both(async (ctx) =>
        (await exportCards({ ctx, input: { format: "csv", scope }, labels })).text(),
      );
      expect(file).toEqual(otherFile);
    }),
    { numRuns: 300 },
  );
});

test("nor does the find box", async () => {
  await fc.assert(
    fc.asyncProperty(
      text.filter((typed) => !saysItInFull(typed)),
      async (typed) => {
        const [one, other] = await both((ctx) => findCards({ ctx, input: { text: typed } }));
        expect(one).toEqual(other);
      },
    ),
    { numRuns: 400 },
  );
});

test("what is typed in full is found, and so is what a mask shows", async () => {
  const found = async (asked: CardFilter) => {
    const [list] = await both((ctx) => listCardIds({ ctx, input: { filter: asked } }));
    return (list as { ids: string[] }).ids.map((id) => id[0]).join("");
  };
  expect(await found({ phone: "+86 159 1234 8888" })).toBe("0");
  expect(await found({ phone: "8888" })).toBe("01");
  expect(await found({ phone: "1234" })).toBe("24");
  expect(await found({ code: "WNAA1gdw" })).toBe("0");
  expect(await found({ code: "y09f" })).toBe("2");
});

test("another part is refused by its field, in words for what to type instead", async () => {
  const [refused] = await both((ctx) => listCardIds({ ctx, input: { filter: { phone: "159123", code: "naa" } } }));
  expect(refused).toEqual({
    key: "phone_whole_or_last4",
    fields: { "filter.phone": "phone_whole_or_last4", "filter.code": "code_whole_or_last4" },
  });
  const input = { filter: {}, sort: { id: "code", desc: true }, page: 1, size: 20 } as const;
  const [order] = await both((ctx) => listCards({ ctx, input }));
  expect(order).toEqual({ key: "sort_masked", fields: { sort: "sort_masked" } });
});
