import { BadRequest } from "../core/bad-request.ts";
import { type Random, seededRandom } from "../core/seeded-random.ts";
import { transfer } from "../espai/transfer.ts";
import { balanceOf, type CardRow, setBalance } from "../store/card-row.ts";
import { type JournalRow, openRow, settleRow } from "../store/journal.ts";
import type { UpstreamState } from "../upstream/upstream-state.ts";

/** Balance changes that do not come through the API: end users, a second operator, and the vendor's top-ups. */
export class BackgroundActivity {
  #state: UpstreamState;
  #changed: () => void;
  #timer: NodeJS.Timeout | null = null;
  /** The random consumption that is going on. */
  running: { perSecond: number; seed: number } | null = null;

  constructor(state: UpstreamState, changed: () => void) {
    this.#state = state;
    this.#changed = changed;
  }

  /** An end user uses up to `amount` calls of a card; never more than it has. */
  consume(card: CardRow, amount: number): JournalRow {
    return this.#move("consumer", "consume", card, -Math.min(amount, balanceOf(card) ?? 0));
  }

  topUp(card: CardRow, amount: number): JournalRow {
    return this.#move("top_up", "top_up", card, amount);
  }

  /** A transfer by a second operator, outside Cardesk, by the rules of the API. */
  transfer(from: CardRow, to: CardRow, amount: number): JournalRow {
    const now = Date.now();
    const target = { upstream: "espai", path: "/cdkey/transfer", kind: "transfer" } as const;
    const body = {
      phone: String(from.user_phone ?? ""),
      code: from.code,
      target_phone: String(to.user_phone ?? ""),
      target_code: to.code,
      limit: String(amount),
    };
    const { journal } = this.#state.store;
    const row = openRow(journal, { at: now, actor: "second_operator", ...target, params: body });
    settleRow(row, transfer(this.#state, { ...target, headers: {}, query: new URLSearchParams(), body, now }));
    this.#changed();
    return row;
  }

  /** Random consumption, `perSecond` calls of random cards (or of the given ones) until stopped with 0. */
  run({ perSecond, seed, cards }: { perSecond: number; seed: number; cards?: string[] }): void {
    this.stop();
    if (perSecond <= 0) return;
    this.running = { perSecond, seed };
    const random = seededRandom(seed);
    this.#timer = setInterval(() => this.#consumeAny(random, cards), Math.max(1, 1000 / perSecond));
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.running = null;
  }

  #consumeAny(random: Random, only?: string[]): void {
    const { cards } = this.#state.store;
    const ids = only ?? [...cards.keys()];
    if (ids.length === 0) return;
    const card = cards.get(ids[random.int(0, ids.length - 1)] ?? "");
    if (card && card.user_id !== null && (balanceOf(card) ?? 0) > 0) this.consume(card, random.int(1, 3));
  }

  #move(actor: "consumer" | "top_up", kind: "consume" | "top_up", card: CardRow, by: number): JournalRow {
    const { store } = this.#state;
    const from = balanceOf(card);
    if (from === null) throw new BadRequest("that card is unlimited");
    const at = Date.now();
    const params = { id: card.id, amount: Math.abs(by) };
    const row = openRow(store.journal, { at, actor, upstream: "espai", path: `/_sandbox/${kind}`, kind, params });
    if (by !== 0) {
      setBalance(card, from + by, at);
      if (by < 0) store.consumed -= by;
      else store.toppedUp += by;
      settleRow(row, { changes: [{ kind: "balance", cardId: card.id, from, to: from + by }], refusal: null });
    }
    this.#changed();
    return row;
  }
}
