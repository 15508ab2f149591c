import type { HttpClient } from "../test/support/http-client.ts";

/** Requests under way at once. */
export const AT_ONCE = 2;

const SORTS = ["created", "balance", "name", "updated", "phone"];
const NAMES = ["琳", "望", "li", "a", "", "wang", "8", "zh"];
const PAGES = ["/cards", "/", "/operations", "/cards?page=7&sort=balance", "/keys", "/billing", "/health", "/audit"];
const json = { "content-type": "application/json" };

export type Send = (number: number) => Promise<void>;

/** Lists of every kind, cards, pages: never twice the same one after the other. */
export function mixed(client: HttpClient, ids: readonly string[]): Send {
  return async (number) => {
    const pick = <T>(from: readonly T[], step = 1): T => from[Math.floor(number / step) % from.length] as T;
    if (number % 3 === 0) return expectOk(client.get(pick(PAGES, 3)));
    if (number % 3 === 1) return expectOk(client.get(`/cards/${pick(ids, 3)}`));
    const userName = pick(NAMES, 3);
    const query = {
      filter: userName ? { name: userName } : {},
      sort: { id: pick(SORTS, 7), desc: number % 2 === 0 },
      ...{ page: 1 + (number % 40), size: 50 },
    };
    return expectOk(client.post("/api/cards/list", JSON.stringify(query), json));
  };
}

async function expectOk(answer: Promise<{ status: number; text: string }>): Promise<void> {
  const { status, text } = await answer;
  if (status !== 200) throw new Error(`HTTP ${status}: ${text.slice(0, 200)}`);
}

export async function sendMany(count: number, send: Send): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Waits until the mirror has so many cards; the ids of a hundred of them. */
export async function untilMirrored(client: HttpClient, cards: number): Promise<string[]> {
  const query = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 100 };
  for (let tries = 0; tries < 600; tries++) {
    const { text } = await client.post("/api/cards/list", JSON.stringify(query), json);
    const { total, rows } = JSON.parse(text) as { total: number; rows: { id: string }[] };
    if (total >= cards) return rows.map(({ id }) => id);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the mirror did not reach ${cards} cards`);
}
