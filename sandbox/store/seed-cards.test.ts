import { expect, test } from "vitest";
import { balanceOf } from "./card-row.ts";
import { seedCards } from "./seed-cards.ts";
import { AWKWARD_NAMES } from "./seed-names.ts";

const NOW = 1_795_000_000_000;
const cards = seedCards({ seed: 1, count: 360, now: NOW });

test("the same seed gives the same cards, another seed others", () => {
  expect(seedCards({ seed: 1, count: 360, now: NOW })).toEqual(cards);
  const ids = new Set(seedCards({ seed: 2, count: 360, now: NOW }).map((card) => card.id));
  expect(cards.filter((card) => ids.has(card.id)).length).toBe(3);
});

test("there is one of everything a client must survive", () => {
  for (const type of ["0", "1", "2", "3", "4", "5", "9"]) expect(cards.some((card) => card.type === type)).toBe(true);
  for (const name of AWKWARD_NAMES) expect(cards.some((card) => card.user_name === name)).toBe(true);
  for (const limit of [-1, "-1", "不限次数", "不限", 0, "0"]) {
    expect(cards.some((card) => card.api_limit === limit)).toBe(true);
  }
  expect(cards.some((card) => typeof card.api_limit === "string" && (balanceOf(card) ?? 0) > 0)).toBe(true);
  const free = cards.filter((card) => card.user_id === null);
  expect(free.length).toBeGreaterThan(20);
  expect(free.every((card) => card.user_phone === null && card.user_name === null)).toBe(true);
  const phones = cards.flatMap((card) => card.user_phone ?? []);
  expect(new Set(phones).size).toBeLessThan(phones.length - 10);
});

test("ids, codes, phones and times have the documented form", () => {
  for (const card of cards) {
    expect(card.id).toMatch(/^[0-9a-f]{32}$/);
    expect(card.code).toMatch(/^[A-Za-z0-9]{8}$/);
    expect(String(card.user_phone ?? 13000000000)).toMatch(/^1\d{10}$/);
    expect(card.create_time).toBeLessThanOrEqual(NOW);
    expect(card.update_time ?? card.create_time).toBeGreaterThanOrEqual(card.create_time);
  }
});

test("a hundred thousand cards are all different", () => {
  const many = seedCards({ seed: 3, count: 100_000, now: NOW });
  expect(many.length).toBe(100_000);
  expect(new Set(many.map((card) => card.id)).size).toBe(100_000);
  expect(new Set(many.map((card) => card.code)).size).toBe(100_000);
});
