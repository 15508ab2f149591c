import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type AskedDatabase, openAskedDatabase, type PlanNode } from "@/test/support/asked-database";
import { seedMirror, seedNames } from "@/test/support/seed-mirror";
import { CARD_SORTS, type CardQuery } from "../types";
import { listCards } from "./list-cards";

// As if a thousand of ten thousand cards were a hundred thousand of a million.
vi.mock("../counted", async (original) => ({
  ...(await original<typeof import("../counted")>()),
  ...{ FEW: 100, SPOKEN_AT_LEAST: 50, NEAR_SPOKEN: 200, WALKED_SPOKEN: 1_500 },
}));

let room: AskedDatabase;

beforeAll(async () => {
  room = await openAskedDatabase();
  await seedMirror(room.ownerUrl, 10_000);
  await seedNames(room.ownerUrl);
});

afterAll(() => room.close());

const SIZE = 50;
const BY_COLUMN = CARD_SORTS.filter((id) => !/^(used|idle)/.test(id));

const ask = (over: Partial<CardQuery>) =>
  listCards({
    ctx: room.ctx,
    input: { filter: { name: "wei" }, sort: { id: "created", desc: true }, page: 1, size: SIZE, ...over },
  });

/** What was asked last, run again: its scans of cards, but for those of the page's own rows and of gone ones. */
async function scansOfCards(): Promise<(PlanNode & { query: string })[]> {
  const nodes = await room.planNodes({ analyze: true });
  return nodes.filter(
    (node) =>
      node["Relation Name"] === "card" &&
      node["Actual Loops"] > 0 &&
      !["card_pkey", "card_gone_idx"].includes(node["Index Name"] ?? ""),
  );
}

const lookedAt = (nodes: readonly PlanNode[]) =>
  nodes.reduce(
    (sum, node) => sum + node["Actual Loops"] * (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)),
    0,
  );

test.each(BY_COLUMN)("sorted by %s: any page is read from the order's index alone, from its nearer end", async (id) => {
  for (const desc of [false, true]) {
    const { total } = await ask({ sort: { id, desc }, exact: true });
    expect(total).toBeGreaterThan(1_000);
    const last = Math.ceil(total / SIZE);
    for (const page of [Math.ceil(last / 2), last]) {
      room.forget();
      const { rows, exact } = await ask({ sort: { id, desc }, page });
      expect(rows.length).toBeGreaterThan(0);
      expect(exact).toBe(true);
      const scans = await scansOfCards();
      expect(scans.map((node) => [node["Node Type"], node["Actual Loops"]])).toEqual(
        scans.map(() => ["Index Only Scan", 1]),
      );
      // The id's own index may be asked for an empty list, too.
      expect(scans.filter((node) => node["Actual Rows"] > 0)).toHaveLength(1);
    }
  }
});

test("the last page and the exact total look at few cards, whatever is believed of the nicknames", async () => {
  const { total } = await ask({ exact: true });
  const last = Math.ceil(total / SIZE);
  const pages = [{ page: last }, { page: 1, exact: true }];
  for (const over of pages) {
    room.forget();
    await ask(over);
    expect(lookedAt(await scansOfCards())).toBeLessThan(total);
  }
});

test("a near page is walked to in the order's index alone: what the terms know is not asked of the card", async () => {
  room.forget();
  const { rows, exact, total } = await ask({ page: 2 });
  expect(rows).toHaveLength(SIZE);
  expect({ exact, total }).toEqual({ exact: false, total: 2 * SIZE });
  const scans = await scansOfCards();
  const walked = scans.filter((node) => node["Index Name"] === "card_live_created_desc_idx");
  expect(walked.map((node) => node["Node Type"])).toEqual(["Index Only Scan"]);
  // Of more than a hundred that are spoken so, fifty are looked up.
  const looked = scans.filter((node) => node["Index Name"] === "card_live_id_idx");
  expect(lookedAt(looked)).toBeLessThanOrEqual(50);
});

test("where they are far apart in the order the walk ends early, and all of them are known after it", async () => {
  const sort = { id: "name", desc: false } as const;
  room.forget();
  const { rows, exact } = await ask({ filter: { name: "zhu" }, sort });
  expect(rows).toHaveLength(SIZE);
  expect(exact).toBe(true);
  const walk = (await room.planNodes({ analyze: true, some: ({ params }) => params.includes(1_500) })).filter(
    (node) => node["Index Name"] === "card_live_name_asc_idx",
  );
  expect(walk.map((node) => node["Actual Rows"])).toEqual([1_500]);
});
