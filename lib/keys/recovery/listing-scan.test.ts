import { describe, expect, test } from "vitest";
import type { PotatoKey } from "@/lib/upstream";
import { type ListKeys, listKeysSince } from "./list-keys-since";
import { ListingScan } from "./listing-scan";

const since = new Date("2026-09-21T06:00:00Z");
const minute = (n: number) => new Date(since.getTime() + n * 60_000);
const key = (id: string | null, createdAt: Date | null, type: number | null = 2): PotatoKey => ({
  id,
  cardStr: `K${id ?? "?"}${createdAt?.getTime() ?? ""}`,
  type,
  used: false,
  deleted: false,
  createdAt,
  expiresAt: null,
  device: null,
  exportState: null,
  ip: null,
});
const seen = (rows: PotatoKey[], highWaterMark: string[] | null) => {
  const scan = new ListingScan(2, { since, highWaterMark });
  scan.addPage(rows);
  return { ids: scan.keys.map((row) => row.id), passed: scan.passedBounds };
};

describe("what counts as made since", () => {
  test("keys above the mark, and not the mark or what lies below it", () => {
    const rows = [key("5", minute(7)), key("4", minute(6)), key("3", minute(-9)), key("2", minute(-10))];
    expect(seen(rows, ["3", "2"])).toEqual({ ids: ["5", "4"], passed: true });
  });

  test("keys above the mark though the upstream's clock is slow", () => {
    expect(seen([key("5", minute(-30)), key("3", minute(-40))], ["3"])).toEqual({ ids: ["5"], passed: true });
  });

  test("keys with a new date though a mark with a date in the future stands above them", () => {
    const rows = [key("3", minute(60)), key("5", minute(6)), key("2", minute(-10))];
    expect(seen(rows, ["3", "2"])).toEqual({ ids: ["5"], passed: true });
  });

  test("every key when there was none before", () => {
    expect(seen([key("2", minute(-90)), key("1", minute(-99))], [])).toEqual({ ids: ["2", "1"], passed: false });
  });

  test("only new dates when nobody could read the mark", () => {
    expect(seen([key("2", minute(1)), key("1", minute(-9))], null)).toEqual({ ids: ["2"], passed: false });
  });

  test("no keys of another type; those without a type do", () => {
    expect(seen([key("6", minute(7), 3), key("5", minute(7), null), key("3", minute(-9))], ["3"]).ids).toEqual(["5"]);
  });
});

describe("how far a listing goes", () => {
  const answer = (keys: PotatoKey[], rows = keys.length) => ({ keys, unreadable: [], rows });
  type Paging = { cap?: number; step?: "asked" | "given"; end?: "nothing" | "repeat" };
  const paged =
    (all: PotatoKey[], { cap = 1000, step = "asked", end = "nothing" }: Paging = {}): ListKeys =>
    async ({ page, size }) => {
      const limit = Math.min(size, cap);
      const stride = step === "asked" ? size : limit;
      const rows = all.slice((page - 1) * stride).slice(0, limit);
      if (rows.length > 0 || end === "nothing") return answer(rows);
      return answer(all.slice(Math.floor((all.length - 1) / stride) * stride).slice(0, limit));
    };
  const many = (from: number, to: number, at: Date) =>
    Array.from({ length: from - to }, (_, i) => key(String(from - i), at));

  test("page by page to the mark", async () => {
    const all = [...many(2500, 1300, minute(8)), ...many(1300, 1200, minute(-9))];
    const asked: number[] = [];
    const list = async ({ page, size }: { page: number; size: number }) => {
      asked.push(page);
      return answer(all.slice((page - 1) * size, page * size));
    };
    const listing = await listKeysSince(2, { since, highWaterMark: ["1300"] }, list);
    expect(listing.complete).toBe(true);
    expect(listing.keys).toHaveLength(1200);
    expect(asked).toEqual([1, 2]);
  });

  test("to the end of the list, which proves nothing if the mark is gone", async () => {
    const upstream = paged([key("5", minute(7)), key("1", minute(-9))]);
    const gone = await listKeysSince(2, { since, highWaterMark: ["3"] }, upstream);
    expect(gone.complete).toBe(false);
    const none = await listKeysSince(2, { since, highWaterMark: [] }, upstream);
    expect(none.complete).toBe(true);
  });

  describe("when pages are capped below the size asked for", () => {
    const caps = [1, 7, 100, 211, 1000].flatMap((cap) => [[cap, "asked"] as const, [cap, "given"] as const]);

    test.each(caps)("at %i rows, the next page beginning after the size %s: every key is seen", async (cap, step) => {
      const all = many(211, 0, minute(8));
      const listing = await listKeysSince(2, { since, highWaterMark: [] }, paged(all, { cap, step }));
      expect(listing).toEqual({ keys: all, complete: true });
    });

    test.each(caps)("at %i rows, after the size %s: the mark is reached on a later page", async (cap, step) => {
      const all = [...many(400, 190, minute(8)), ...many(190, 100, minute(-9))];
      const listing = await listKeysSince(2, { since, highWaterMark: ["190"] }, paged(all, { cap, step }));
      expect(listing).toEqual({ keys: all.slice(0, 210), complete: true });
    });

    test.each(caps.slice(2))(
      "at %i rows, after the size %s, and the last page is repeated for ever",
      async (cap, step) => {
        for (const total of [3, 100, 199, 200, 211]) {
          const all = many(total, 0, minute(8));
          const upstream = paged(all, { cap, step, end: "repeat" });
          const listing = await listKeysSince(2, { since, highWaterMark: [] }, upstream);
          expect({ total, ...listing }).toEqual({ total, keys: all, complete: true });
        }
      },
    );

    test("a list too short to tell a repeated page from an ignored page number is not called complete", async () => {
      for (const rows of [many(1, 0, minute(8)), many(2, 0, minute(8))]) {
        const listing = await listKeysSince(2, { since, highWaterMark: [] }, paged(rows, { end: "repeat" }));
        expect(listing).toEqual({ keys: rows, complete: false });
      }
    });

    test("no page beyond the first one is ever given: not complete", async () => {
      const all = many(211, 0, minute(8));
      const first = async ({ size }: { size: number }) => answer(all.slice(0, Math.min(size, 100)));
      expect((await listKeysSince(2, { since, highWaterMark: [] }, first)).complete).toBe(false);
      const always = async () => answer(all.slice(0, 100));
      expect((await listKeysSince(2, { since, highWaterMark: [] }, always)).complete).toBe(false);
    });

    test("page numbers are clamped: not complete", async () => {
      const all = many(211, 0, minute(8));
      const upstream = paged(all, { cap: 10 });
      const clamped: ListKeys = (input) => upstream({ ...input, page: Math.min(input.page, 10) });
      expect((await listKeysSince(2, { since, highWaterMark: [] }, clamped)).complete).toBe(false);
    });

    test("keys made elsewhere between two pages push no key out of sight", async () => {
      let all = many(211, 0, minute(8));
      const moving: ListKeys = (input) => {
        const page = paged(all, { cap: 50 })(input);
        all = [key(`n${all.length}`, minute(9)), ...all];
        return page;
      };
      const { keys } = await listKeysSince(2, { since, highWaterMark: [] }, moving);
      expect(keys).toEqual(many(211, 0, minute(8)));
    });
  });

  test("not for ever when the upstream answers every page alike", async () => {
    const page = many(3000, 2000, minute(8));
    const listing = await listKeysSince(2, { since, highWaterMark: ["1"] }, async () => answer(page));
    expect(listing).toEqual({ keys: page, complete: false });
  });

  test("a row nobody can read leaves a doubt, unless it was there before", async () => {
    const list = (id: string | null) => async () => ({
      keys: [key("5", minute(7)), key("3", minute(-9))],
      unreadable: [{ index: 1, id, field: "cardStr" }],
      rows: 3,
    });
    expect((await listKeysSince(2, { since, highWaterMark: ["3", "2"] }, list("2"))).complete).toBe(true);
    expect((await listKeysSince(2, { since, highWaterMark: ["3", "2"] }, list("9"))).complete).toBe(false);
    expect((await listKeysSince(2, { since, highWaterMark: ["3", "2"] }, list(null))).complete).toBe(false);
  });
});
