import { transfer } from "./espai-writes.ts";
import { BadRequest } from "./fault-rule.ts";
import { openRow, settleRow } from "./journal.ts";
import { answer, fields } from "./lab.ts";
import { type Random, seededRandom } from "./random.ts";
import { balanceOf, setBalance } from "./store.ts";
import type { CardRow, JournalRow } from "./types.ts";
import type { World } from "./world.ts";

/** The others who change balances: end users who consume, a second operator, and the vendor's top-ups. */
export class Crowd {
  #world: World;
  #timer: NodeJS.Timeout | null = null;
  running: { perSecond: number; seed: number } | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  /** End users use up to `amount` calls of a card; never more than it has. */
  consume(card: CardRow, amount: number): JournalRow {
    return this.#move("consumer", "consume", card, -Math.min(amount, balanceOf(card) ?? 0));
  }

  topUp(card: CardRow, amount: number): JournalRow {
    return this.#move("top_up", "top_up", card, amount);
  }

  /** The same rules as over the API, but not through Cardesk. */
  transfer(from: CardRow, to: CardRow, amount: number): JournalRow {
    const { lab } = this.#world;
    const body = {
      phone: String(from.user_phone ?? ""),
      code: from.code,
      target_phone: String(to.user_phone ?? ""),
      target_code: to.code,
      limit: String(amount),
    };
    const at = Date.now();
    const path = "/cdkey/transfer";
    const row = openRow(lab.store, {
      at,
      actor: "second_operator",
      upstream: "espai",
      path,
      kind: "transfer",
      params: body,
    });
    const call = {
      upstream: "espai",
      path,
      kind: "transfer",
      headers: {},
      query: new URLSearchParams(),
      body,
      now: at,
    } as const;
    settleRow(row, transfer(lab, call));
    this.#world.changed();
    return row;
  }

  /** Random consumption, `perSecond` calls from random cards (or the given ones) until stopped with 0. */
  run({ perSecond, seed, cards }: { perSecond: number; seed: number; cards?: string[] }): void {
    this.stop();
    if (perSecond <= 0) return;
    this.running = { perSecond, seed };
    const random = seededRandom(seed);
    this.#timer = setInterval(() => this.#consumeSomewhere(random, cards), Math.max(1, 1000 / perSecond));
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.running = null;
  }

  #consumeSomewhere(random: Random, only?: string[]): void {
    const { cards } = this.#world.lab.store;
    const ids = only ?? [...cards.keys()];
    if (ids.length === 0) return;
    const card = cards.get(ids[random.int(0, ids.length - 1)] ?? "");
    if (card && card.user_id !== null && (balanceOf(card) ?? 0) > 0) this.consume(card, random.int(1, 3));
  }

  #move(actor: "consumer" | "top_up", kind: "consume" | "top_up", card: CardRow, by: number): JournalRow {
    const { store } = this.#world.lab;
    const from = balanceOf(card);
    if (from === null) throw new BadRequest("that card is unlimited");
    const at = Date.now();
    const params = { id: card.id, amount: Math.abs(by) };
    const row = openRow(store, { at, actor, upstream: "espai", path: `/_sandbox/${kind}`, kind, params });
    if (by !== 0) {
      setBalance(card, from + by, at);
      if (by < 0) store.consumed -= by;
      else store.toppedUp += by;
      settleRow(row, answer(null, [{ kind: "balance", cardId: card.id, from, to: from + by }]));
    }
    this.#world.changed();
    return row;
  }
}

/** The card a control request means, by id or code. Throws {@link BadRequest}. */
export function cardIn(world: World, body: unknown, name: string): CardRow {
  const { cards, codes } = world.lab.store;
  const wanted = String(fields(body)[name] ?? "");
  const card = cards.get(wanted) ?? cards.get(codes.get(wanted) ?? "");
  if (!card) throw new BadRequest(`${name} must be the id or code of a card`);
  return card;
}
