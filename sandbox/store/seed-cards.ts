import { type Random, seededRandom } from "../core/seeded-random.ts";
import type { CardRow } from "./card-row.ts";
import { documentedCards } from "./documented-cards.ts";
import { AWKWARD_NAMES, GIVEN, NICKNAMES, SURNAMES } from "./seed-names.ts";

const DAY = 86_400_000;
const SPREAD_DAYS = 548;
const CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";
/** Calls a fresh card of each type holds (vendor's price list); 5 is sold as unlimited. */
const FULL: Record<string, number> = { "0": 500, "1": 1000, "2": 2200, "3": 5000, "4": 15000, "9": 300 };
/** How unlimited balances are spelled is not documented, so every plausible spelling appears. */
const UNLIMITED: readonly [number | string, ...(number | string)[]] = [-1, "不限次数", "-1", "不限"];

type Owner = { user_id: string; user_phone: number; user_name: string };

/**
 * Realistic cards, newest first: the same seed, count and day give the same cards. They are made in this order: the
 * documented ones, one of each awkward kind, ordinary ones; a small count keeps the first of them.
 */
export function seedCards({ seed, count, now }: { seed: number; count: number; now: number }): CardRow[] {
  const random = seededRandom(seed);
  const today = Math.floor(now / DAY) * DAY;
  const cards = [...documentedCards(), ...awkwardCards(random, today)].slice(0, count);
  const owners: Owner[] = [];
  const codes = new Set(cards.map((card) => card.code));
  while (cards.length < count) {
    const card = ordinaryCard(random, today, owners);
    if (codes.has(card.code)) continue;
    codes.add(card.code);
    cards.push(card);
  }
  return cards.sort((a, b) => b.create_time - a.create_time || (a.id < b.id ? -1 : 1));
}

/** One card for each value a client must cope with, so that even a small sandbox has them all. */
function awkwardCards(random: Random, today: number): CardRow[] {
  const named = AWKWARD_NAMES.map((name) => ({ ...blank(random, today, "1"), ...newOwner(random, name) }));
  const unlimited = UNLIMITED.map((api_limit) => ({ ...blank(random, today, "5"), ...newOwner(random), api_limit }));
  const odd: CardRow[] = [
    { ...blank(random, today, "0"), ...newOwner(random) },
    { ...blank(random, today, "9"), ...newOwner(random) },
    { ...blank(random, today, "2"), ...newOwner(random), api_limit: "1875" },
    { ...blank(random, today, "3"), ...newOwner(random), api_limit: 0 },
    { ...blank(random, today, "4"), ...newOwner(random), api_limit: "0" },
    { ...blank(random, today, "1"), ...newOwner(random), api_limit: 1 },
    blank(random, today, "2"),
    blank(random, today, "0"),
  ];
  return [...named, ...unlimited, ...odd];
}

/** A new card, not redeemed yet. */
function blank(random: Random, today: number, type: string): CardRow {
  const age = Math.floor(random.next() ** 1.3 * SPREAD_DAYS * DAY);
  return {
    id: random.hex(32),
    create_time: today - age,
    update_time: null,
    code: random.text(8, CODE_ALPHABET),
    user_id: null,
    api_limit: FULL[type] ?? 1000,
    type,
    user_phone: null,
    user_name: null,
  };
}

function ordinaryCard(random: Random, today: number, owners: Owner[]): CardRow {
  const card = blank(random, today, random.pick(TYPES));
  if (card.type === "5") card.api_limit = random.pick(UNLIMITED);
  if (random.next() < 0.12) return card;
  Object.assign(card, owner(random, owners));
  card.update_time =
    random.next() < 0.7 ? card.create_time + Math.floor(random.next() * (today - card.create_time)) : null;
  if (card.type !== "5") card.api_limit = usedBalance(random, FULL[card.type] ?? 1000);
  return card;
}

const TYPES = [..."00000000000000111111111111111111112222222222333333334444555555559"] as [string, ...string[]];

function usedBalance(random: Random, full: number): number | string {
  const left = random.next() < 0.1 ? 0 : Math.ceil(full * random.next() ** 0.8);
  return random.next() < 0.03 ? String(left) : left;
}

/** Usually a new owner; one card in six belongs to an owner who already has one. */
function owner(random: Random, owners: Owner[]): Owner {
  const known = owners.length > 0 && random.next() < 0.17 ? owners[random.int(0, owners.length - 1)] : undefined;
  if (known) return known;
  const fresh = newOwner(random);
  owners.push(fresh);
  return fresh;
}

function newOwner(random: Random, name = ordinaryName(random)): Owner {
  const prefix = random.pick([
    "130",
    "135",
    "137",
    "139",
    "150",
    "155",
    "158",
    "159",
    "176",
    "177",
    "181",
    "186",
    "188",
    "199",
  ]);
  return { user_id: random.hex(32), user_phone: Number(prefix + random.text(8, "0123456789")), user_name: name };
}

function ordinaryName(random: Random): string {
  if (random.next() < 0.3) return random.pick(NICKNAMES);
  return random.pick(SURNAMES) + random.pick(GIVEN) + (random.next() < 0.6 ? random.pick(GIVEN) : "");
}
