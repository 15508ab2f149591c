import { expect, test } from "vitest";
import { drawKeyListing } from "./key-listing.ts";

const seeds = Array.from({ length: 100 }, (_, seed) => seed);

test("the seed decides how keys are listed, within the limits", () => {
  const drawn = seeds.map((seed) => drawKeyListing({ seed, listLag: 800, pageCap: 40 }));
  expect(drawn).toEqual(seeds.map((seed) => drawKeyListing({ seed, listLag: 800, pageCap: 40 })));
  for (const { listLagMs, keyPageCap } of drawn) {
    expect(listLagMs).toBeGreaterThanOrEqual(400);
    expect(listLagMs).toBeLessThanOrEqual(800);
    expect(keyPageCap).toBeGreaterThanOrEqual(20);
    expect(keyPageCap).toBeLessThanOrEqual(40);
  }
  const ways = new Set(drawn.map(({ keyPageStep, keyPageEnd }) => `${keyPageStep} ${keyPageEnd}`));
  expect([...ways].toSorted()).toEqual(["asked nothing", "asked repeat", "given nothing", "given repeat"]);
  expect(new Set(drawn.map(({ listLagMs }) => listLagMs)).size).toBeGreaterThan(20);
});

test("without a lag and a cap every key is listed at once, as many as were asked for", () => {
  expect(drawKeyListing({ seed: 1, listLag: 0, pageCap: 0 })).toMatchObject({ listLagMs: 0, keyPageCap: null });
});
