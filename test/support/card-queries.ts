import { CARD_SORTS, type CardFilter, type CardQuery, type CardSort } from "@/lib/cards/types";

const SIZE = 50;

type Place = "first" | "third" | "middle" | "last";
export type SampleQuery = { name: string; filter: CardFilter; sort: CardSort; place: Place };

const down = (id: CardSort["id"]): CardSort => ({ id, desc: true });
const up = (id: CardSort["id"]): CardSort => ({ id, desc: false });
const month = { createdFrom: "2026-01-01", createdTo: "2026-01-31" };

const filtered: [string, CardFilter, CardSort, Place][] = [
  ["newest first", {}, down("created"), "first"],
  ["newest last", {}, down("created"), "last"],
  ["unlimited on top", {}, down("balance"), "first"],
  ["two types by balance", { types: ["1", "3"] }, up("balance"), "third"],
  ["two types by nickname", { types: ["1", "2"] }, up("name"), "middle"],
  ["narrow balance range", { balanceMin: 10, balanceMax: 12 }, down("created"), "first"],
  ["wide balance range by phone", { balanceMin: 100 }, down("phone"), "middle"],
  ["redeemed and created in a month", { redeemed: true, ...month }, up("name"), "first"],
  ["not redeemed by last change", { redeemed: false }, down("updated"), "middle"],
  ["empty paid cards", { empty: true, types: ["1", "2"] }, down("created"), "first"],
  ["not empty by id", { empty: false }, down("id"), "middle"],
  ["an id's beginning", { id: "ab" }, down("created"), "first"],
  ["a whole phone", { phone: "13800001111" }, down("created"), "first"],
  ["a phone's last 4", { phone: "1234" }, down("created"), "first"],
  ["a phone's part", { phone: "88776" }, down("created"), "first"],
  ["one character of a nickname", { name: "伟" }, down("created"), "first"],
  ["two characters of a nickname", { name: "伟芳" }, down("created"), "first"],
  ["a word in many nicknames", { name: "jonathan" }, down("balance"), "first"],
  ["pinyin of many nicknames", { name: "wei" }, down("created"), "first"],
  ["initials of many nicknames", { name: "zw" }, down("balance"), "first"],
  ["a code's part", { code: "abc" }, up("code"), "first"],
  ["with gone ones", { gone: "show" }, down("created"), "first"],
  ["with gone ones, deep", { gone: "show" }, down("created"), "middle"],
  ["only gone ones", { gone: "only" }, down("balance"), "first"],
];

/** What people ask the card table for, and every sort there is, both ways and from the middle: what costs most. */
export const SAMPLE_QUERIES: SampleQuery[] = [
  ...filtered.map(([name, filter, sort, place]) => ({ name, filter, sort, place })),
  ...CARD_SORTS.flatMap((id) => [up(id), down(id)]).map(
    (sort): SampleQuery => ({
      name: `all by ${sort.id}${sort.desc ? ", down" : ""}`,
      filter: {},
      sort,
      place: "middle",
    }),
  ),
];

/** The query for this place in a list of `total` cards. */
export function placed({ filter, sort, place }: SampleQuery, total: number): CardQuery {
  const last = Math.max(1, Math.ceil(total / SIZE));
  const page = { first: 1, third: Math.min(3, last), middle: Math.ceil(last / 2), last }[place];
  return { filter, sort, page, size: SIZE };
}
