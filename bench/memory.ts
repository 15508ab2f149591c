import "./aliases.ts";
import { fileURLToPath } from "node:url";
import { readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import type { Measured } from "./measured.ts";
import { medianOf } from "./median.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { proportionalMb, residentMb } from "./process-memory.ts";
import { report } from "./report.ts";
import { slopeOf } from "./slope.ts";

const CARDS = 10_000;
const FIRST = 1_000;
const MORE = 10_000;
const EVERY = 100;
/** Requests under way at once. */
const AT_ONCE = 2;
/** What counts as flat: this much for each 1,000 requests is 1 GB after a million. */
const FLAT_MB = 1;

const SORTS = ["created", "balance", "name", "updated", "phone"];
const NAMES = ["琳", "望", "li", "a", "", "wang", "8", "zh"];
const PAGES = ["/cards", "/", "/operations", "/cards?page=7&sort=balance", "/keys", "/billing", "/health", "/audit"];
const json = { "content-type": "application/json" };

/** What the production build and its PostgreSQL keep in memory after mixed requests, and whether that grows. */
async function main() {
  if (process.platform !== "linux") return console.log("memory is measured on Linux only");
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 5 });
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const client = openHttpClient(cardesk.url, AT_ONCE);
  try {
    await signIn(client, manifest, { username: cardesk.user, password: cardesk.password });
    const ids = await untilMirrored(client);
    const send = mixed(client, ids);
    await sendMany(FIRST, send);
    const first = residentMb(cardesk.webPid);
    console.log(`${FIRST} requests: ${shown(cardesk)}`);
    const measured = await growth(cardesk, send);
    await report([
      { what: `resident memory of the console after ${FIRST} mixed requests`, value: first, bound: 300, unit: "MB" },
      ...measured,
      {
        what: "memory of PostgreSQL (proportional)",
        value: proportionalMb(cardesk.postgresPid),
        bound: 150,
        unit: "MB",
      },
    ]);
  } finally {
    client.close();
    await cardesk.close();
  }
}

const shown = ({ webPid, postgresPid }: OpenConsole): string =>
  `console ${residentMb(webPid).toFixed(0)} MB, PostgreSQL ${proportionalMb(postgresPid).toFixed(0)} MB`;

/** The slope over the second half: in the first the compiler and the caches still warm up. */
async function growth(cardesk: OpenConsole, send: Send): Promise<Measured[]> {
  const samples: { requests: number; mb: number }[] = [];
  for (let sent = 0; sent < MORE; sent += EVERY) {
    await sendMany(EVERY, (number) => send(sent + number));
    samples.push({ requests: sent + EVERY, mb: residentMb(cardesk.webPid) });
    if ((sent + EVERY) % 1_000 === 0) console.log(`${FIRST + sent + EVERY} requests: ${shown(cardesk)}`);
  }
  const slope = (from: number) =>
    1_000 * slopeOf(samples.slice(from).map(({ requests, mb }) => [requests, mb] as const));
  const half = samples.length / 2;
  console.log(
    `slope by least squares: ${slope(0).toFixed(2)} MB per 1,000 requests, ${slope(half).toFixed(2)} over the second half`,
  );
  return [
    {
      what: `resident memory of the console over ${MORE} requests, median`,
      value: medianOf(samples.map(({ mb }) => mb)),
      bound: 300,
      unit: "MB",
    },
    {
      what: `what 1,000 requests add to it, over the last ${MORE / 2} of ${MORE}`,
      value: slope(half),
      bound: FLAT_MB,
      unit: "MB",
    },
  ];
}

type Send = (number: number) => Promise<void>;

/** Lists of every kind, cards, pages: never twice the same one after the other. */
function mixed(client: HttpClient, ids: readonly string[]): Send {
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

async function sendMany(count: number, send: Send): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < count) await send(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function untilMirrored(client: HttpClient): Promise<string[]> {
  const query = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 100 };
  for (let tries = 0; tries < 600; tries++) {
    const { text } = await client.post("/api/cards/list", JSON.stringify(query), json);
    const { total, rows } = JSON.parse(text) as { total: number; rows: { id: string }[] };
    if (total >= CARDS) return rows.map(({ id }) => id);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`the mirror did not reach ${CARDS} cards`);
}

await main();
