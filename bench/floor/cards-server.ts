/**
 * The floor's data: 10,000 made-up cards, `GET /cards?page=1&text=139`. Listens on a free port and tells its parent which.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const CARDS = 10_000;
const SIZE = 50;
const STATES = ["可用", "已用完", "已锁定", "已移除"];
const START = Date.UTC(2026, 0, 1);

const cards = Array.from({ length: CARDS }, (_, at) => ({
  id: digest(at, 8),
  name: `用户${at}`,
  phone: `1${30 + (at % 10)}****${String(at * 7919)
    .slice(-4)
    .padStart(4, "0")}`,
  code: `${digest(at + CARDS, 4)}••••`,
  type: at % 3 === 0 ? "付费卡" : "体验卡",
  state: STATES[at % STATES.length],
  balance: (at * 37) % 50_000,
  used: (at * 11) % 900,
  created: new Date(START + at * 600_000).toISOString(),
  updated: new Date(START + at * 900_000).toISOString(),
}));

/** Hexadecimal digits that look random and are the same each time. */
function digest(at: number, length: number): string {
  return (Math.imul(at + 1, 2_654_435_761) >>> 0).toString(16).padStart(8, "0").slice(0, length);
}

const server = createServer((request, response) => {
  const asked = new URL(request.url ?? "/", "http://floor").searchParams;
  const text = asked.get("text") ?? "";
  const found = text ? cards.filter((card) => card.phone.includes(text) || card.name.includes(text)) : cards;
  const first = (Number(asked.get("page") ?? 1) - 1) * SIZE;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ rows: found.slice(first, first + SIZE), total: found.length }));
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
